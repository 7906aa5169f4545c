import Contracts
import Core
import Store

extension DocumentArchive {
  /// How many waiting documents one round takes on: the table of a day on which clamd was away.
  private static let roundCountMax = 1000

  /// The document after the scanner was asked, if there is one; where it does not answer, the document waits.
  func scanned(_ row: DocumentRow) async throws -> DocumentSummary {
    guard row.summary.state == .quarantined else { return row.summary }
    _ = try? await scan(row, evenIfAway: false)
    return try await store.read { try DocumentTable.find(row.summary.id, in: $0)?.summary } ?? row.summary
  }

  /// Tries the documents that wait. Stops at once when the scanner is still away.
  func scanWaiting() async throws {
    guard settings.scanner != nil else { return try await releaseWaiting() }
    for row in try await store.read({ try DocumentTable.waiting(limit: Self.roundCountMax, in: $0) }) {
      do {
        try await scan(row, evenIfAway: true)
      } catch Clamd.Failure.away {
        return
      } catch let problem as Problem {
        // Unreadable, or its person is gone: the others shall not wait for it.
        log.warning("a waiting document cannot be scanned", ["problem": problem.code])
      } catch Clamd.Failure.refused {
      }
    }
  }

  private func scan(_ row: DocumentRow, evenIfAway: Bool) async throws {
    guard let settings = settings.scanner else { return }
    let verdict = try await scanner.run(evenIfAway: evenIfAway, retryAfter: settings.retryInterval) {
      do {
        let document = try await openFile(of: row)
        return try await document.scan(by: settings)
      } catch let failure as Clamd.Failure {
        log.warning(
          "the virus scanner gave no verdict; the document waits",
          ["document.id": row.summary.id.description, "clamd.failure": "\(failure)"])
        throw failure
      } catch let failure as DocumentFailure {
        throw await unreadable(row, failure)
      }
    }
    if let verdict { try await settle(row, verdict) }
  }

  private func settle(_ row: DocumentRow, _ verdict: Clamd.Verdict) async throws {
    if case .infected(let name) = verdict {
      log.warning(
        "the virus scanner found something", ["document.id": row.summary.id.description, "clamd.signature": name])
    }
    try await store.write { transaction in
      try DocumentTable.settle(row.summary.id, as: verdict == .clean ? .clean : .infected, in: transaction)
      if verdict != .clean { try DocumentTable.letGo(row.name, in: transaction) }
    }
  }

  /// Without a scanner in the configuration nothing is waited for: what an office without one takes, it takes.
  private func releaseWaiting() async throws {
    let count = try await store.write { try DocumentTable.releaseWaiting(in: $0) }
    if count > 0 {
      log.notice("no virus scanner is configured any more; waiting documents released", ["count": String(count)])
    }
  }
}
