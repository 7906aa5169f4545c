import Contracts
import Core
import Crypto
import Store

/// Opens everything that is sealed in the database, and keeps nothing of it: no entry is left, because nothing is given out.
struct RecordInspector {
  private static let pageCount = 500

  let opened: OpenedVault
  let store: Store
  /// Names a person by the applications that officers know them by.
  let whose: @Sendable (SubjectID) async throws -> String

  /// Something sealed, and where it stands.
  private struct Item: Sendable {
    let name: String
    let subject: SubjectID
    let sealed: [UInt8]
    let binding: AssociatedData
    /// After which the next ones come.
    let place: (Int64, String, Int64)
  }

  private typealias Page = @Sendable (_ after: (Int64, String, Int64), borrowing Snapshot) throws -> [Item]

  func run(_ progress: @Sendable (CommandProgress) -> Void) async throws -> Inspection {
    let total: Int? = try await store.read { snapshot in
      try snapshot.value(
        """
        SELECT (SELECT count(*) FROM vault_records) + (SELECT count(*) FROM vault_history)
          + (SELECT count(*) FROM vault_reasons)
        """)
    }
    var outcome = Inspection(unit: "sealed records")
    for page in [Self.records, Self.history, Self.reasons] {
      var place: (Int64, String, Int64) = (-1, "", -1)
      while case let items = try await store.read({ [place] in try page(place, $0) }), let last = items.last {
        for item in items where try await !isSound(item) {
          outcome.faults.append("\(item.name) of \(try await whose(item.subject)) does not open")
        }
        outcome.count += items.count
        place = last.place
        progress(CommandProgress(outcome.unit, done: outcome.count, total: max(total ?? 0, outcome.count)))
      }
    }
    return outcome
  }

  private func isSound(_ item: Item) async throws -> Bool {
    do {
      if let dataKey = try opened.keyRing.dataKey(of: item.subject) {
        _ = try opened.library.open(item.sealed, under: dataKey.key, binding: item.binding)
        return true
      }
    } catch is CryptoFailure {
      return false
    }
    // A person who has been erased since.
    return try await store.read { try ErasureTable.find(item.subject, in: $0) != nil }
  }

  private static let records: Page = { place, snapshot in
    try snapshot.rows(
      """
      SELECT subject, kind, schema_version, key_version, sealed FROM vault_records
      WHERE (subject, kind) > (\(place.0), \(place.1)) ORDER BY subject, kind LIMIT \(pageCount)
      """
    ) { row in
      let (subject, kind): (SubjectID, RecordKind) = (try row.get(0), try Self.kind(row.get(1)))
      return Item(
        name: "the record \(kind.rawValue)", subject: subject, sealed: try row.get(4),
        binding: .record(of: subject, kind: kind, schemaVersion: try row.get(2), keyVersion: try row.get(3)),
        place: (try row.get(0), kind.rawValue, 0))
    }
  }

  private static let history: Page = { place, snapshot in
    try snapshot.rows(
      """
      SELECT subject, kind, revision, schema_version, key_version, sealed FROM vault_history
      WHERE (subject, kind, revision) > (\(place.0), \(place.1), \(place.2))
      ORDER BY subject, kind, revision LIMIT \(pageCount)
      """
    ) { row in
      let (subject, kind): (SubjectID, RecordKind) = (try row.get(0), try Self.kind(row.get(1)))
      let revision: Int = try row.get(2)
      return Item(
        name: "the earlier record \(kind.rawValue)", subject: subject, sealed: try row.get(5),
        binding: .earlierRecord(
          of: subject, kind: kind, revision: revision, schemaVersion: try row.get(3), keyVersion: try row.get(4)),
        place: (try row.get(0), kind.rawValue, Int64(revision)))
    }
  }

  private static let reasons: Page = { place, snapshot in
    try snapshot.rows(
      """
      SELECT entry, subject, sealed FROM vault_reasons WHERE entry > \(place.0) ORDER BY entry LIMIT \(pageCount)
      """
    ) { row in
      let (entry, subject): (Int64, SubjectID) = (try row.get(0), try row.get(1))
      return Item(
        name: "the reason of the opening in entry \(entry)", subject: subject, sealed: try row.get(2),
        binding: .reason(of: subject, entry: entry), place: (entry, "", 0))
    }
  }

  private static func kind(_ name: String) throws -> RecordKind {
    guard let kind = RecordKind(rawValue: name) else { throw StoreError.corrupt }
    return kind
  }
}
