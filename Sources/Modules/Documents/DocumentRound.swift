import Contracts
import Core
import Store
import Synchronization

/// Reads the sealed files again and again, a few each time and all of them within a week, so that a damaged one is known
/// before it is needed.
final class DocumentRound: Sendable {
  /// How many times in a week it is asked, with something to spare for the hours in which the machine is off.
  private static let sliceCount = 8_000
  /// How many of those that did not open are tried again each time.
  private static let againCount = 20
  /// In the first slice and in each one after so many, every file is looked for by its name and length: once an hour.
  private static let lookSliceCount = 60

  private struct State {
    var sliceNumber = 0
    /// nil before the first slice.
    var last: DocumentID?
  }

  /// How many of so many files are read at once.
  static func sliceSize(of total: Int) -> Int { total / sliceCount + 1 }

  private let archive: DocumentArchive
  private let state = Mutex(State())

  init(_ archive: DocumentArchive) { self.archive = archive }

  /// What is wrong, for health; nil while every file that was read opens.
  var trouble: String? { archive.broken.trouble }

  /// Reads the next files, and those again that did not open.
  func checkNext() async throws {
    try await checkBroken()
    let (known, number) = state.withLock { state in
      defer { state.sliceNumber += 1 }
      return (state.last, state.sliceNumber)
    }
    if number % Self.lookSliceCount == 0 { try await archive.lookForAll() }
    let (next, isLast) = try await archive.store.read { [random = archive.random] snapshot in
      let total = try DocumentTable.count(in: snapshot)
      // It begins anywhere, so that a server that is stopped each night reads all the same what comes late in the order.
      let last = try known ?? DocumentTable.document(at: random.below(max(1, total)), in: snapshot)
      let limit = Self.sliceSize(of: total)
      let next = try DocumentTable.kept(after: last, limit: limit, in: snapshot)
      return (next, next.count < limit)
    }
    for row in next { _ = try await archive.isSound(row) }
    let end = next.last?.summary.id
    state.withLock { $0.last = isLast ? DocumentID(Int64.min) : end }
  }

  /// A document that opens again, as after its file was put back, is no trouble any more, nor one that is gone.
  private func checkBroken() async throws {
    for id in archive.broken.some(Self.againCount) {
      if let row = try await archive.store.read({ try DocumentTable.find(id, in: $0) }), row.summary.state != .infected
      {
        _ = try await archive.isSound(row)
      } else {
        archive.broken.remove(id)
      }
    }
  }
}

/// The documents that did not open, in use or in a round; the next round looks again.
final class BrokenDocuments: Sendable {
  private let documents = Mutex<Set<DocumentID>>([])

  /// - Returns: whether it was not known yet.
  @discardableResult
  func insert(_ document: DocumentID) -> Bool { documents.withLock { $0.insert(document).inserted } }

  func remove(_ document: DocumentID) { documents.withLock { _ = $0.remove(document) } }

  /// A few of them, others each time.
  func some(_ count: Int) -> [DocumentID] { documents.withLock { Array($0.shuffled().prefix(count)) } }

  /// What is wrong, for health.
  var trouble: String? {
    let count = documents.withLock { $0.count }
    return count == 0 ? nil : "\(count) sealed documents do not open; the log names them, `gapura vault check` all"
  }
}
