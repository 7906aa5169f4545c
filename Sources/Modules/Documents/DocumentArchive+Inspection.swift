import Contracts
import Core
import Store

extension DocumentArchive {
  /// Reads every sealed file to its end, and gives nothing out.
  func inspect(_ progress: @Sendable (CommandProgress) -> Void) async throws -> Inspection {
    var outcome = Inspection(unit: "documents", isOfFiles: true)
    let total = try await store.read { try DocumentTable.count(in: $0) }
    var last = DocumentID(Int64.min)
    while case let next = try await store.read({ [last] in try DocumentTable.kept(after: last, limit: 100, in: $0) }),
      let end = next.last
    {
      for row in next {
        if try await !isSound(row) {
          outcome.faults.append(
            "the document \(row.summary.id) of \(try await holdings.whose(row.summary.subject)) does not open: "
              + folder.file(row.name))
        }
        outcome.count += 1
        progress(CommandProgress(outcome.unit, done: outcome.count, total: max(total, outcome.count)))
      }
      last = end.summary.id
    }
    return outcome
  }

  /// Looks for every document's file by its name and length, which costs little; reads those that are not as they should be,
  /// so that a directory that is gone is known at once and not when a round has come to its end.
  func lookForAll() async throws {
    var last = DocumentID(Int64.min)
    while case let next = try await store.read({ [last] in try DocumentTable.kept(after: last, limit: 1000, in: $0) }),
      let end = next.last
    {
      for row in next where folder.byteCount(of: row.name) != DocumentFormat.fileByteCount(row.summary.byteCount) {
        _ = try await isSound(row)
      }
      last = end.summary.id
    }
  }

  /// Whether a document's file opens to its end; one that is gone meanwhile is no trouble. The log says how it does not.
  func isSound(_ row: DocumentRow) async throws -> Bool {
    do {
      let document = try await openFile(of: row)
      while try await document.next() != nil {}
      broken.remove(row.summary.id)
      try await keepDigest(of: document, row)
      return true
    } catch is Problem {
    } catch let failure as DocumentFailure {
      _ = await unreadable(row, failure)
    }
    let isGone = try await isGone(row)
    if isGone { broken.remove(row.summary.id) } else { broken.insert(row.summary.id) }
    return isGone
  }

  /// Keeps the digest of a file of before there were any, now that it has opened to its end.
  private func keepDigest(of document: OpenDocument, _ row: DocumentRow) async throws {
    let id = row.summary.id
    guard !store.isReadOnly, try await store.read({ try DocumentTable.digest(of: id, in: $0) }) == nil else { return }
    let digest = try await document.digest()
    try await store.atStart("the digest of a document") {
      try await store.write { try DocumentTable.keep(digest, of: id, in: $0) }
    }
  }
}
