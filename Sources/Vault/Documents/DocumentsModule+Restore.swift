import Contracts
import Core
import Glibc
import Store

extension DocumentsModule {
  /// Counts the documents that the data names, and those of them whose files are not there, or not as long as they should
  /// be. Those of people who are erased do not count: a backup that ran meanwhile may have the one and not the other.
  public func countFiles() async throws -> (named: Int, missing: Int) { try await archive.countFiles() }

  /// Takes away the files that the data does not name: they came after its database was copied, and no sweep would ever find
  /// them. Only where nobody else is at work.
  public func discardUnnamedFiles() async throws { try await archive.discardUnnamedFiles() }
}

extension DocumentArchive {
  func discardUnnamedFiles() async throws {
    let named = try await store.read { try DocumentTable.names(in: $0) }
    for name in folder.fileNames() where !named.contains(name) { folder.remove(name) }
  }

  func countFiles() async throws -> (named: Int, missing: Int) {
    let rows = try await store.read { try DocumentTable.unerased(in: $0) }
    let missing = rows.filter { row in
      var status = stat()
      return unsafe lstat(folder.file(row.name), &status) != 0
        || Int(status.st_size) != DocumentFormat.fileByteCount(row.byteCount)
    }
    return (rows.count, missing.count)
  }
}
