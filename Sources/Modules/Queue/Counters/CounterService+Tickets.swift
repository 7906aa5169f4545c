import Contracts
import Core
import Forecast
import Store

/// What counters write of tickets; what is kept of the hall follows it.
extension CounterService {
  /// - Parameter before: the ticket as its row is.
  func save(_ after: TicketRecord, from before: TicketRecord, in transaction: borrowing Transaction) throws {
    guard let kept = availability?.kept else { return try TicketTable.save(after, in: transaction) }
    try kept.save(after, from: before, rules.now, in: transaction)
  }

  /// Counts, for each of the tickets, that one with a later position was called.
  func passOver(_ tickets: [TicketID], in transaction: borrowing Transaction) throws {
    guard let kept = availability?.kept else { return try TicketTable.passOver(tickets, in: transaction) }
    try kept.passOver(tickets, in: transaction)
  }
}
