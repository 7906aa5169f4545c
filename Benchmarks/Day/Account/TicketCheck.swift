internal import Store

/// Whether the tickets in the database are those that people hold, and the numbers of each series run from 1
/// without a gap.
struct TicketCheck {
  let told: Told
  let marks: Books.Marks

  private struct Kept {
    let code: String
    let day: String
    let letter: String
    let sequence: Int
    let service: String
    let application: String?
    let isPriority: Bool
    let channel: String
    let state: String
    let times: [Int64?]

    var number: String {
      let digits = String(sequence)
      return "\(letter)-" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }

    /// In order, and as many as the state has seen.
    var areTimesSound: Bool {
      let expected = ["waiting": 1, "called": 2, "serving": 3, "finished": 4, "no-show": 3][state] ?? 0
      let present = times.compactMap { $0 }
      return present.count == expected && present == present.sorted()
    }
  }

  func findings(in snapshot: borrowing Snapshot) throws -> [String] {
    let all = try kept(in: snapshot)
    let days = Dictionary(grouping: all, by: \.day).keys.sorted()
    let fresh = all.filter { !marks.tickets.contains($0.code) }
    var findings = try days.flatMap { try series(on: $0, in: snapshot) }
    let byNumber = Dictionary(grouping: fresh, by: \.number)
    let acknowledged = told.tickets
    findings += Set(acknowledged.keys).subtracting(byNumber.keys).sorted().map {
      "ticket \($0) was handed out and is not there"
    }
    for (number, rows) in byNumber.sorted(by: { $0.key < $1.key }) {
      guard let ticket = acknowledged[number] else {
        findings.append("ticket \(number) is there and nobody holds it")
        continue
      }
      findings += rows.flatMap { differences(between: $0, and: ticket) }
    }
    return findings
  }

  private func differences(between kept: Kept, and ticket: Told.Ticket) -> [String] {
    let pairs: [(String, Bool)] = [
      ("code", ticket.code == nil || kept.code == ticket.code),
      ("service", kept.service == ticket.service),
      ("application", kept.application == ticket.application),
      ("line", kept.isPriority == ticket.isPriority),
      ("channel", kept.channel == ticket.channel),
      ("state (\(kept.state))", ticket.state == nil || kept.state == ticket.state),
      ("times", kept.areTimesSound),
    ]
    return pairs.filter { !$0.1 }.map { "ticket \(kept.number) has another \($0.0) than was told" }
  }

  /// The numbers of a day's series against 1…n, and n against what the series says of itself.
  private func series(on day: String, in snapshot: borrowing Snapshot) throws -> [String] {
    let ends = try snapshot.rows("SELECT letter, last FROM queue_series WHERE day = \(day)") { row in
      (letter: try row.get(0) as String, last: try row.get(1) as Int)
    }
    return try ends.flatMap { end in
      let numbers: [Int] = try snapshot.rows(
        "SELECT number FROM queue_ticket WHERE day = \(day) AND letter = \(end.letter) ORDER BY number"
      ) { try $0.get(0) }
      return numbers == Array(1...max(1, end.last)) ? [] : ["the numbers of series \(end.letter) on \(day) have gaps"]
    }
  }

  private func kept(in snapshot: borrowing Snapshot) throws -> [Kept] {
    try snapshot.rows(
      """
      SELECT code, day, letter, number, service, application, priority, channel, state,
        issued_at, called_at, started_at, ended_at
      FROM queue_ticket
      """
    ) { row in
      Kept(
        code: try row.get(0), day: try row.get(1), letter: try row.get(2), sequence: try row.get(3),
        service: try row.get(4), application: try row.get(5), isPriority: try row.get(6), channel: try row.get(7),
        state: try row.get(8), times: try (9...12).map { try row.get($0) })
    }
  }
}
