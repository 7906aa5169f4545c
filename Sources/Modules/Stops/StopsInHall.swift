import Contracts
import Core
import Store

/// What the queue asks of stops, in its own readings and transactions.
struct StopsInHall: HallStops {
  func ahead<Database: Queryable & ~Copyable>(
    from day: CivilDate, in database: borrowing Database
  ) throws -> [ServiceStop] {
    try StopTable.ahead(from: day, in: database)
  }
}
