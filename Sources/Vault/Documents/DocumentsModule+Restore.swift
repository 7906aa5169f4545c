import Contracts
import Core
import Glibc
import Store

extension DocumentsModule {
  /// Counts the documents that the data names, and those of them whose files are not there, or not as long as they should
  /// be. Those of people who are erased do not count: a backup that ran meanwhile may have the one and not the other.
  public func countFiles() async throws -> (named: Int, missing: Int) { try await archive.countFiles() }
}

extension DocumentArchive {
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
