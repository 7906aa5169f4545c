import Contracts
import Core
import Store

extension DocumentsModule {
  /// Takes away the files that the data does not name: they came after its database was copied, and no sweep would ever find
  /// them. Only where no other process is at work.
  public func discardUnnamedFiles() async throws { try await archive.discardUnnamedFiles() }

  /// Reads the files of all documents that the data names, and counts those that are not there or do not open to their
  /// end. Those of people who are erased do not count: a backup that ran meanwhile may have the one and not the other.
  public func proveFiles() async throws -> (named: Int, broken: Int) { try await archive.proveFiles() }
}

extension DocumentArchive {
  func discardUnnamedFiles() async throws {
    let named = try await store.read { try DocumentTable.names(in: $0) }
    for name in folder.fileNames() where !named.contains(name) { folder.remove(name) }
  }

  func proveFiles() async throws -> (named: Int, broken: Int) {
    var (named, broken) = (0, 0)
    var last = DocumentID(Int64.min)
    while case let next = try await store.read({ [last] in try DocumentTable.kept(after: last, limit: 100, in: $0) }),
      let end = next.last
    {
      for row in next {
        if try await store.read({ try self.isErased(row.summary.subject, in: $0) }) { continue }
        named += 1
        if try await !isSound(row) { broken += 1 }
      }
      last = end.summary.id
    }
    return (named, broken)
  }
}
