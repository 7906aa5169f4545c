import Contracts
import Core
import Store

extension DocumentsModule {
  /// Reads the files of all documents that the data names, and counts those that are not there or do not open to their
  /// end. Those of people who are erased do not count: a backup that ran meanwhile may have the one and not the other.
  public func proveFiles() async throws -> (named: Int, broken: Int) { try await archive.proveFiles() }
}

extension DocumentArchive {
  func proveFiles() async throws -> (named: Int, broken: Int) {
    var (named, broken) = (0, 0)
    var last = DocumentID(Int64.min)
    while case let next = try await store.read({ [last] in try DocumentTable.kept(after: last, limit: 100, in: $0) }),
      let end = next.last
    {
      for row in next {
        guard try await store.read({ try ErasureTable.find(row.summary.subject, in: $0) }) == nil else { continue }
        named += 1
        if try await !isSound(row) { broken += 1 }
      }
      last = end.summary.id
    }
    return (named, broken)
  }
}
