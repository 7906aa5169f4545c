import Contracts
import Core
import Store

extension DocumentArchive {
  /// Reads every sealed file to its end, and gives nothing out.
  func inspect(_ progress: @Sendable (CommandProgress) -> Void) async throws -> Inspection {
    var outcome = Inspection(unit: "documents")
    let total = try await store.read { try DocumentTable.count(in: $0) }
    var last = DocumentID(Int64.min)
    while case let next = try await store.read({ [last] in try DocumentTable.kept(after: last, limit: 100, in: $0) }),
      let end = next.last
    {
      for row in next {
        if try await !isSound(row) {
          outcome.faults.append("the document \(row.summary.id) of person \(row.summary.subject) does not open")
        }
        outcome.count += 1
        progress(CommandProgress(outcome.unit, done: outcome.count, total: max(total, outcome.count)))
      }
      last = end.summary.id
    }
    return outcome
  }

  /// Whether a document's file opens to its end; one that is gone meanwhile is no trouble. The log says how it does not.
  func isSound(_ row: DocumentRow) async throws -> Bool {
    do {
      let document = try await openFile(of: row)
      while try await document.next() != nil {}
      broken.remove(row.summary.id)
      return true
    } catch is Problem {
    } catch let failure as DocumentFailure {
      _ = await unreadable(row, failure)
    }
    let isGone = try await isGone(row)
    if isGone { broken.remove(row.summary.id) } else { broken.insert(row.summary.id) }
    return isGone
  }
}
