import Bare
import Core

/// Reads the things that clients may have been told of from the database, past Gapura.
struct Reality {
  let database: BareDatabase

  init(at path: String) throws { database = try BareDatabase(at: path, isReadOnly: true) }

  func rows() throws -> [Row] {
    let made = try applications() + tickets() + appointments() + complaints()
    return try made + made.compactMap { row in row.form.map { Row(Thing(.form, $0), "kept") } } + documents()
      + ratings()
  }

  private func applications() throws -> [Row] {
    try read(
      """
      SELECT a.number, CASE WHEN a.ending IS NULL THEN CAST(c.position AS TEXT) ELSE '\(Row.ended)' END,
        (SELECT group_concat(submission) FROM registration_submission s WHERE s.application = a.number)
      FROM registration_application a LEFT JOIN tracking_case c ON c.number = a.number
      """
    ) { values in
      var row = Row(Thing(.application, values[0]), values[1])
      (row.application, row.form) = (values[0], values[2].isEmpty ? nil : values[2])
      return row
    }
  }

  private func tickets() throws -> [Row] {
    try read(
      """
      SELECT day, letter || '-' || printf('%03d', number), state, submission, coalesce(application, ''),
        coalesce(CAST(counter AS TEXT), ''), channel, code FROM queue_ticket
      """
    ) { values in
      var row = Row(Thing(.ticket, "\(values[0]) \(values[1])"), values[2])
      (row.day, row.form, row.application) = (CivilDate(iso: values[0]), values[3], values[4])
      (row.counter, row.isFromKiosk, row.code) = (Int(values[5]), values[6] == "kiosk", values[7])
      return row
    }
  }

  private func appointments() throws -> [Row] {
    try read(
      """
      SELECT code, state, submission, day,
        coalesce((SELECT application FROM appointments_visit v WHERE v.appointment = a.id LIMIT 1), '')
      FROM appointments_appointment a
      """
    ) { values in
      var row = Row(Thing(.appointment, values[0]), values[1])
      (row.form, row.day, row.application) = (values[2], CivilDate(iso: values[3]), values[4])
      return row
    }
  }

  private func complaints() throws -> [Row] {
    try read("SELECT number, state, submission, CAST(id AS TEXT) FROM feedback_complaint") { values in
      var row = Row(Thing(.complaint, values[0]), values[1])
      (row.form, row.code) = (values[2], values[3])
      return row
    }
  }

  private func documents() throws -> [Row] {
    try read(
      """
      SELECT r.application, r.requirement, CAST(d.byte_count AS TEXT), CAST(d.received_at AS TEXT)
      FROM registration_document r JOIN documents_document d ON d.document = r.document
      """
    ) { values in
      var row = Row(Thing(.document, "\(values[0])/\(values[1])"), values[2])
      row.application = values[0]
      row.day = Int64(values[3]).map { OfficeZone.wib.date(of: Instant(milliseconds: $0)) }
      return row
    }
  }

  private func ratings() throws -> [Row] {
    try read(
      """
      SELECT group_concat(score, '') FROM (SELECT survey, score FROM feedback_answer ORDER BY survey, element)
      GROUP BY survey
      """
    ) { values in Row(Thing(.rating, values[0]), "kept") }
  }

  private func read(_ sql: String, _ row: ([String]) -> Row) throws -> [Row] {
    try database.rows(sql).map { values in row(values.map(Self.text)) }
  }

  private static func text(_ value: BareValue) -> String {
    switch value {
    case .text(let text): text
    case .integer(let number): String(number)
    case .null, .real, .blob: ""
    }
  }
}
