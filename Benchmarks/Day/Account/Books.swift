internal import Core
internal import Store

/// The database, read from beside the server to see what it has kept.
struct Books: Sendable {
  /// Where each table stood when the day began.
  struct Marks: Sendable {
    let applications: Set<String>
    let tickets: Set<String>
    let complaints: Set<String>
    let lastSurvey: Int64
  }

  let database: String

  /// Reads where the tables stand; a server without a module lacks its tables, and then nothing is in them.
  func marks() async throws -> Marks {
    try await read { snapshot in
      Marks(
        applications: Set(try snapshot.rows("SELECT number FROM registration_application") { try $0.get(0) }),
        tickets: Set(try snapshot.rows("SELECT code FROM queue_ticket") { try $0.get(0) }),
        complaints: try Self.has("feedback_complaint", snapshot)
          ? Set(try snapshot.rows("SELECT number FROM feedback_complaint") { try $0.get(0) }) : [],
        lastSurvey: try Self.has("feedback_survey", snapshot)
          ? try snapshot.value("SELECT max(id) FROM feedback_survey") ?? 0 : 0)
    }
  }

  /// What the clients were told and the database does not hold, or the other way round; empty when they agree.
  func disagreements(with told: Told, since marks: Marks) async throws -> [String] {
    let findings = try await read { snapshot in
      try ApplicationCheck(told: told, marks: marks).findings(in: snapshot)
        + TicketCheck(told: told, marks: marks).findings(in: snapshot)
        + FeedbackCheck(told: told, marks: marks).findings(in: snapshot)
    }
    return try findings + SoundnessCheck(database: database).findings()
  }

  /// How long people waited and were served, as the office counts it.
  func times(since marks: Marks) async throws -> OfficeTimes {
    let rows = try await read { snapshot in
      try snapshot.rows("SELECT code, issued_at, called_at, started_at, ended_at FROM queue_ticket") { row in
        (
          code: try row.get(0) as String, issued: try row.get(1) as Int64, called: try row.get(2) as Int64?,
          started: try row.get(3) as Int64?, ended: try row.get(4) as Int64?
        )
      }
    }.filter { !marks.tickets.contains($0.code) }
    return OfficeTimes(
      waits: Distribution(rows.compactMap { row in row.called.map { .milliseconds($0 - row.issued) } }),
      visits: Distribution(
        rows.compactMap { row in
          guard let started = row.started, let ended = row.ended else { return nil }
          return .milliseconds(ended - started)
        }))
  }

  static func has(_ table: String, _ snapshot: borrowing Snapshot) throws -> Bool {
    try snapshot.value("SELECT count(*) FROM sqlite_schema WHERE name = \(table)") == 1
  }

  private func read<T: Sendable>(_ body: @escaping @Sendable (borrowing Snapshot) throws -> T) async throws -> T {
    let store = try Store.open(at: database, readers: 1, clock: SystemClock(), log: SilentLog())
    do {
      let result = try await store.read(body)
      await store.close()
      return result
    } catch {
      await store.close()
      throw error
    }
  }
}

/// Waits and visits.
public struct OfficeTimes: Sendable {
  public let waits: Distribution
  public let visits: Distribution
}
