import Contracts
import Core
import Crypto
import Glibc
import Store

extension DocumentArchive {
  /// Files removed in one go: the transaction that forgets them stays short.
  private static let batchCount = 500

  /// Takes away what a kill has left and what was removed since. Others may be writing meanwhile.
  func sweep() async throws {
    try await sweepArrivals()
    try await sweepErased()
    try await sweepLeaving()
  }

  /// The documents of people who were erased; they cannot be opened any more, but still take room. Also after a
  /// restore, which replays erasures.
  private func sweepErased() async throws {
    var last = SubjectID(-1)
    while true {
      let page = try await store.read { [erasures, last] in try erasures.erased(after: last, in: $0) }
      guard let end = page.last else { return }
      let left = try await store.read { snapshot in
        try page.filter { try DocumentTable.count(of: $0, in: snapshot) > 0 }
      }
      if !left.isEmpty {
        try await store.write { transaction in
          for subject in left { try self.removeAll(of: subject, in: transaction) }
        }
      }
      last = end
    }
  }

  /// What arrives has a lock on it; what has none was left by a process that is gone.
  private func sweepArrivals() async throws {
    for name in folder.arrivingNames() {
      guard let file = folder.openArrival(name), flock(file.number, LOCK_EX | LOCK_NB) == 0 else { continue }
      // Under the lock: its writer has ended, so the row is there by now or never.
      let isKept = try await store.read { try DocumentTable.holds(name: name, in: $0) }
      if !isKept { folder.remove(name) }
      folder.forgetArrival(of: name)
      _ = consume file
    }
  }

  /// Not while a backup copies them: what it has of the database names them still.
  ///
  /// - Throws: `StoreError.disk` while files cannot be removed; they are tried again in the next round.
  private func sweepLeaving() async throws {
    guard let lock = DocumentHold.forRemoval(on: folder.path) else { return }
    defer { withExtendedLifetime(lock) {} }
    while true {
      let names = try await store.read { try DocumentTable.leaving(limit: Self.batchCount, in: $0) }
      guard !names.isEmpty else { return }
      let gone = names.filter { folder.remove($0) }
      if !gone.isEmpty {
        do { try folder.sync() } catch { throw StoreError.disk("\(folder.path) is not written: \(error.inLog)") }
        try await store.write { try DocumentTable.forget(gone, in: $0) }
      }
      guard gone.count == names.count else {
        throw StoreError.disk("\(names.count - gone.count) files in \(folder.path) cannot be removed")
      }
    }
  }
}
