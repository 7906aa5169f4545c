import Contracts
import Core
import Store

extension AppointmentTable {
  /// A person who has been served, or did not come, may book again.
  static func dropPastClaims(before day: CivilDate, in transaction: borrowing Transaction) throws {
    try transaction.run(
      """
      DELETE FROM appointments_claim
      WHERE appointment IN (
        SELECT id FROM appointments_appointment
        WHERE place = \(PlaceID.office) AND day < \(day) AND state <> \(AppointmentState.held))
      """)
  }

  static func dropPastClaims(
    of people: [[UInt8]], before day: CivilDate, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      DELETE FROM appointments_claim WHERE person IN \(anyOf: people)
        AND appointment IN (
          SELECT id FROM appointments_appointment
          WHERE place = \(PlaceID.office) AND day < \(day) AND state <> \(AppointmentState.held))
      """)
  }

  /// Forgets who an erased person is, since with the root key all NIKs could be tried against the hash; why they had
  /// the priority line, and what a supervisor wrote about them. What was booked stays for the hall's counts, and
  /// leads to no person.
  static func forget(
    _ subject: SubjectID, of applications: [ApplicationNumber], in transaction: borrowing Transaction
  ) throws {
    let visits: SQL = "FROM appointments_visit WHERE application IN \(anyOf: applications)"
    // Another application of the same person keeps its own, so only what these visits claim goes.
    try transaction.run(
      """
      DELETE FROM appointments_claim WHERE appointment IN (SELECT appointment \(visits))
        AND person IN (SELECT person \(visits) AND person IS NOT NULL)
      """)
    try transaction.run(
      "UPDATE appointments_visit SET person = NULL WHERE application IN \(anyOf: applications)")
    try transaction.run(
      "UPDATE appointments_entry SET person = NULL WHERE application IN \(anyOf: applications)")
    try transaction.run("DELETE FROM appointments_person WHERE subject = \(subject)")
    // Among several people the reason may be another's.
    try transaction.run(
      """
      UPDATE appointments_appointment SET priority = NULL
      WHERE id IN (SELECT appointment \(visits)) AND NOT \(isOthers(than: applications))
      """)
    try transaction.run(
      "UPDATE appointments_exception SET reason = '' WHERE appointment IN (SELECT appointment \(visits))")
  }

  static func forgetPeople(
    before day: CivilDate, _ instant: Instant, at now: Instant, in transaction: borrowing Transaction
  ) throws {
    // Made again from the sealed record whenever the person comes back.
    try transaction.run(
      "DELETE FROM appointments_person WHERE used_at < \(instant) OR used_at > \(Instant.latest(at: now))")
    try transaction.run(
      "UPDATE appointments_visit SET person = NULL WHERE day < \(day) AND person IS NOT NULL")
  }
}
