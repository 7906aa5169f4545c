import Contracts
import Core
import Store
import Synchronization

/// Reads the sealed files again and again, a few each time and all of them within a week, so that a damaged one is known
/// before somebody needs it.
final class DocumentRound: Sendable {
  /// How many times in a week it is asked, with something to spare for the hours in which the machine is off.
  private static let sliceCount = 8_000

  private struct State {
    /// nil before the first slice.
    var last: DocumentID?
    var broken: Set<DocumentID> = []
  }

  private let archive: DocumentArchive
  private let state = Mutex(State())

  init(_ archive: DocumentArchive) { self.archive = archive }

  /// What is wrong, for health; nil while every file that was read opens.
  var trouble: String? {
    let count = state.withLock { $0.broken.count }
    return count == 0 ? nil : "\(count) sealed documents do not open; the log names them, `gapura vault check` all"
  }

  /// Reads the next files.
  func checkNext() async throws {
    let known = state.withLock { $0.last }
    let (next, isLast) = try await archive.store.read { [random = archive.random] snapshot in
      let total = try DocumentTable.count(in: snapshot)
      // It begins anywhere, so that a server that is stopped each night reads all the same what comes late in the order.
      let last = try known ?? DocumentTable.document(at: random.below(max(1, total)), in: snapshot)
      let limit = total / Self.sliceCount + 1
      let next = try DocumentTable.kept(after: last, limit: limit, in: snapshot)
      return (next, next.count < limit)
    }
    for row in next {
      let isSound = try await archive.isSound(row)
      state.withLock { state in
        if isSound { state.broken.remove(row.summary.id) } else { state.broken.insert(row.summary.id) }
      }
    }
    let end = next.last?.summary.id
    state.withLock { $0.last = isLast ? DocumentID(Int64.min) : end }
    try await forgetRemoved()
  }

  /// A document that is gone troubles nobody.
  private func forgetRemoved() async throws {
    let broken = state.withLock { $0.broken }
    guard !broken.isEmpty else { return }
    let gone = try await archive.store.read { snapshot in
      try broken.filter { try DocumentTable.find($0, in: snapshot) == nil }
    }
    state.withLock { $0.broken.subtract(gone) }
  }
}
