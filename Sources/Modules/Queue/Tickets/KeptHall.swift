import Contracts
import Core
import Forecast
import Store
import Synchronization

/// What was read of the hall for the last number that was given, kept for the next one.
///
/// Each part is kept with the mark of its tables (`Transaction.mark(of:)`) and used under an equal mark only: so it is what
/// reading again would give, after whatever others have done, after a transaction that was rolled back, and beside another
/// process.
final class KeptHall: Sendable {
  private struct State {
    var posts: (value: Posts, mark: ChangeMark)?
    var lines: Lines?
  }

  private let state = Mutex(State())

  /// The counters of a day, as they are now.
  func posts(on day: CivilDate, in transaction: borrowing Transaction) throws -> Posts {
    let mark = try transaction.mark(of: Posts.tables)
    if let kept = state.withLock({ $0.posts }), kept.mark == mark, kept.value.day == day { return kept.value }
    let read = try Posts.read(on: day, in: transaction)
    state.withLock { $0.posts = (read, mark) }
    return read
  }

  /// Those who wait on a day, to be given back by `put(_:)` with the one who has come. Taken, and not lent, so that there is
  /// only one copy of them to be changed.
  ///
  /// - Returns: nil where more wait than are kept.
  func takeLines(on day: CivilDate, in transaction: borrowing Transaction) throws -> Lines? {
    let mark = try transaction.mark(of: Lines.tables)
    let kept = state.withLock { state -> Lines? in
      defer { state.lines = nil }
      return state.lines
    }
    if let kept, kept.mark == mark, kept.day == day, kept.people.count <= HallSnapshot.waitingCountMax { return kept }
    return try Lines.read(on: day, at: mark, in: transaction)
  }

  /// The earliest ticket of each line of a day, the longest wait first.
  ///
  /// - Returns: nil where the lines are not kept: then the heads alone are less to read than all who wait.
  func heads(on day: CivilDate, _ rules: QueueRules, in transaction: borrowing Transaction) throws -> [Candidate]? {
    let mark = try transaction.mark(of: Lines.tables)
    return state.withLock { state in
      guard let lines = state.lines, lines.mark == mark, lines.day == day else { return nil }
      return lines.people.heads(rules: rules)
    }
  }

  /// Keeps lines for the next number.
  func put(_ lines: Lines?) { state.withLock { $0.lines = lines } }

  /// Writes a ticket's change, and has the lines follow it where they are kept.
  ///
  /// - Parameter before: the ticket as its row is.
  func save(
    _ after: TicketRecord, from before: TicketRecord, _ rules: QueueRules, in transaction: borrowing Transaction
  ) throws {
    let mark = try transaction.mark(of: Lines.tables)
    try TicketTable.save(after, in: transaction)
    follow(from: mark, to: try transaction.mark(of: Lines.tables)) { $0.change(before, to: after, rules) }
  }

  /// The same for tickets that are passed over.
  func passOver(_ tickets: [TicketID], in transaction: borrowing Transaction) throws {
    let mark = try transaction.mark(of: Lines.tables)
    try TicketTable.passOver(tickets, in: transaction)
    follow(from: mark, to: try transaction.mark(of: Lines.tables)) { $0.passOver(tickets) }
  }

  /// - Parameter change: whether the lines have what was changed; where they do not they are read again.
  private func follow(from mark: ChangeMark, to next: ChangeMark, _ change: (inout Lines) -> Bool) {
    state.withLock { state in
      guard var lines = state.lines, lines.mark == mark else { return }
      // Held once, so that it is changed where it lies.
      state.lines = nil
      guard change(&lines) else { return }
      lines.mark = next
      state.lines = lines
    }
  }
}

extension KeptHall {
  /// What the counters and the day's end say of a day.
  struct Posts: Sendable, Equatable {
    static let tables = ["queue_counter", "queue_closed_day"]

    let day: CivilDate
    let counters: [CounterPost]
    /// Whether the day was closed before its hours were over.
    let isDayClosed: Bool

    static func read<Database: Queryable & ~Copyable>(
      on day: CivilDate, in database: borrowing Database
    ) throws -> Posts {
      Posts(
        day: day, counters: try CounterPostTable.all(in: database),
        isDayClosed: try ClosedDayTable.closedAt(day, in: database) != nil)
    }
  }

  /// Those who wait on a day.
  struct Lines: Sendable, Equatable {
    static let tables = ["queue_ticket"]

    let day: CivilDate
    fileprivate(set) var people: WaitingLines
    /// The moment at which the day's latest ticket was taken.
    fileprivate(set) var latestIssue: Instant?
    /// How the tickets stood when this was all of them.
    fileprivate var mark: ChangeMark

    /// - Returns: nil where more wait than are kept.
    static func read(
      on day: CivilDate, at mark: ChangeMark, in transaction: borrowing Transaction
    ) throws -> Lines? {
      let waiting = try TicketTable.candidates(on: day, limit: HallSnapshot.waitingCountMax + 1, in: transaction)
      guard waiting.count <= HallSnapshot.waitingCountMax else { return nil }
      return Lines(
        day: day, people: WaitingLines(waiting), latestIssue: try TicketTable.latestIssue(on: day, in: transaction),
        mark: mark)
    }

    /// Adds a ticket of the day right after it was written.
    mutating func add(_ ticket: TicketRecord, _ rules: QueueRules, in transaction: borrowing Transaction) throws {
      mark = try transaction.mark(of: Self.tables)
      people.insert(Candidate(ticket, rules: rules))
      latestIssue = ticket.issuedAt
    }

    /// - Returns: false where a ticket that waited is not there.
    fileprivate mutating func change(_ before: TicketRecord, to after: TicketRecord, _ rules: QueueRules) -> Bool {
      if isWaiting(before), !people.remove(Candidate(before, rules: rules)) { return false }
      if isWaiting(after) { people.insert(Candidate(after, rules: rules)) }
      return true
    }

    fileprivate mutating func passOver(_ tickets: [TicketID]) -> Bool {
      tickets.allSatisfy { people.passOver($0) }
    }

    private func isWaiting(_ ticket: TicketRecord) -> Bool { ticket.day == day && ticket.state == .waiting }
  }
}
