import Bare
import Client
import Core
import Foundation

/// Whether the state is whole in itself, as Gapura's own commands, SQLite and the directory say.
struct Soundness {
  /// What the server still carries out is looked at again, so often and so soon.
  private static let lookCountMax = 100
  private static let look: TimeInterval = 0.1

  let office: SoakOffice
  /// What the state directory had at first.
  let baseline: Set<String>

  /// Everything, while the server runs and nobody acts.
  func findings() throws -> [Finding] {
    try commands() + database() + keys() + documents() + leftovers()
  }

  private func commands() -> [Finding] {
    [["vault", "check"], ["ledger", "verify"], ["loss"]].compactMap { words in
      do {
        _ = try office.command(words)
        return nil
      } catch {
        return Finding(.unsound, "\(error)")
      }
    }
  }

  private func database() throws -> [Finding] {
    let database = try BareDatabase(at: office.database, isReadOnly: true)
    let damage = try database.texts("PRAGMA integrity_check").filter { $0 != "ok" }
    let torn = try database.texts("PRAGMA foreign_key_check")
    let broken = try Self.rules.filter { try database.texts("SELECT count(*) FROM (\($0.sql))") != ["0"] }
    return damage.map { Finding(.unsound, "the database file: \($0)") }
      + torn.map { Finding(.unsound, "a row of \($0) refers to nothing") }
      + broken.map { Finding($0.kind, $0.words) }
  }

  /// Erased people have no keys; those whom a night removes lose them a moment after.
  private func keys() throws -> [Finding] {
    var count = 0
    for _ in 0..<Self.lookCountMax {
      let erased = try BareDatabase(at: office.database, isReadOnly: true).texts("SELECT subject FROM vault_erasures")
      let keys = try BareDatabase(at: "\(office.state)/keyring.db", isReadOnly: true).texts(
        "SELECT subject FROM keyring_keys")
      count = Set(erased).intersection(keys).count
      if count == 0 { return [] }
      Thread.sleep(forTimeInterval: Self.look)
    }
    return [Finding(.unsound, "\(count) erased people have keys")]
  }

  /// What no row may show.
  private static let rules: [(kind: Finding.Kind, words: String, sql: String)] = [
    (
      .doubled, "a number was given twice on a day",
      "SELECT 1 FROM queue_ticket GROUP BY day, letter, number HAVING count(*) > 1"
    ),
    (
      .doubled, "a ticket was called twice",
      "SELECT 1 FROM queue_transition WHERE action = 'panggil' GROUP BY ticket HAVING count(*) > 1"
    ),
    (
      .lost, "a series of numbers has a gap",
      "SELECT 1 FROM queue_ticket GROUP BY day, letter HAVING count(*) <> max(number)"
    ),
    (
      .unsound, "a ticket without its event",
      """
      SELECT 1 FROM queue_ticket t WHERE NOT EXISTS
        (SELECT 1 FROM store_events e WHERE e.kind = 'ticket.issued' AND e.entity = CAST(t.id AS TEXT))
      """
    ),
    (
      .unsound, "a call without its reason or its event",
      """
      SELECT 1 FROM queue_ticket t WHERE calls > 0 AND (
        NOT EXISTS (SELECT 1 FROM queue_call c WHERE c.ticket = t.id)
        OR NOT EXISTS (SELECT 1 FROM store_events e WHERE e.kind = 'ticket.called' AND e.entity = CAST(t.id AS TEXT)))
      """
    ),
    (
      .unsound, "an application without its way, its fee or its sealed records",
      """
      SELECT 1 FROM registration_application a WHERE ending IS NULL AND (
        NOT EXISTS (SELECT 1 FROM tracking_case c WHERE c.number = a.number)
        OR (SELECT count(*) FROM tracking_step s WHERE s.number = a.number)
          <> (SELECT position FROM tracking_case c WHERE c.number = a.number)
        OR NOT EXISTS (SELECT 1 FROM registration_fee f WHERE f.application = a.number)
        OR NOT EXISTS (SELECT 1 FROM vault_records r WHERE r.subject = a.subject))
      """
    ),
    (
      .unsound, "applications are counted otherwise than they are",
      """
      SELECT 1 FROM tracking_stage p WHERE applications <>
        (SELECT count(*) FROM tracking_case c
          WHERE c.service = p.service AND c.stage = p.stage AND c.ending IS NULL)
      UNION ALL
      SELECT 1 FROM registration_count n WHERE applications <>
        (SELECT count(*) FROM registration_application a WHERE a.service = n.service)
      UNION ALL
      SELECT 1 FROM registration_application a
      WHERE NOT EXISTS (SELECT 1 FROM registration_count n WHERE n.service = a.service)
      UNION ALL
      SELECT 1 FROM documents_count n WHERE documents <>
        (SELECT count(*) FROM documents_document d WHERE d.state = n.state)
      UNION ALL
      SELECT 1 FROM documents_document d
      WHERE NOT EXISTS (SELECT 1 FROM documents_count n WHERE n.state = d.state)
      """
    ),
    (
      .unsound, "an erased person has sealed records",
      "SELECT 1 FROM vault_erasures e JOIN vault_records r ON r.subject = e.subject"
    ),
    (
      .doubled, "a slot is booked twice",
      """
      SELECT 1 FROM appointments_visit v JOIN appointments_appointment a ON a.id = v.appointment
      WHERE a.state IN ('held', 'booked', 'checked-in') AND v.slot IS NOT NULL GROUP BY v.slot HAVING count(*) > 1
      """
    ),
  ]

  /// Each document has its file, and no file is nobody's; what a kill has left goes soon after the start.
  private func documents() throws -> [Finding] {
    let folder = "\(office.state)/documents"
    var (missing, surplus) = (Set<String>(), Set<String>())
    for _ in 0..<Self.lookCountMax {
      let database = try BareDatabase(at: office.database, isReadOnly: true)
      let named = Set(try database.texts("SELECT name FROM documents_document"))
      let leaving = Set(try database.texts("SELECT name FROM documents_leaving"))
      let files = Set(try FileManager.default.contentsOfDirectory(atPath: folder)).subtracting(["arriving"])
        .union(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/arriving").map { "arriving/\($0)" })
      (missing, surplus) = (named.subtracting(files), files.subtracting(named).subtracting(leaving))
      if missing.isEmpty, surplus.isEmpty { return [] }
      Thread.sleep(forTimeInterval: Self.look)
    }
    return missing.map { Finding(.lost, "the file of document \($0)") }
      + (surplus.isEmpty
        ? [] : [Finding(.unsound, "\(surplus.count) files in documents/ are nobody's: \(surplus.min() ?? "")")])
  }

  private func leftovers() throws -> [Finding] {
    try office.stateNames().subtracting(baseline)
      // What a restore keeps, and when copies were made.
      .filter { !$0.hasPrefix("before-restore-") && !$0.hasPrefix("last-backup.") }
      .map { Finding(.unsound, "\($0) was left behind in the state directory") }
  }
}
