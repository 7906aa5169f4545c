/// One connection to a database, by whichever engine; belongs to one thread at a time and never leaves Store.
///
/// What only one engine knows, such as its files, its locks and its settings, stands behind this.
protocol DatabaseSession: AnyObject {
  /// Runs a module's statement and reads each row.
  ///
  /// - Throws: `StoreError.statement` for one that begins or ends transactions, changes tables or settings, or is none.
  func rows<T>(_ sql: SQL, _ read: (borrowing Row) throws -> T) throws -> [T]

  /// Runs a module's statement and reads its first row, if there is one.
  func row<T>(_ sql: SQL, _ read: (borrowing Row) throws -> T) throws -> T?

  /// Runs a module's statement to its end.
  ///
  /// - Returns: how many rows it changed.
  func run(_ sql: SQL) throws -> Int

  /// Runs a module's statement that adds one row to a table whose key the engine draws.
  ///
  /// - Returns: the row's key.
  func insert(_ sql: SQL) throws -> Int64

  /// Begins a transaction, or begins or ends a part of one.
  func perform(_ step: TransactionStep) throws(StoreError)

  /// Commits the transaction.
  ///
  /// - Parameter changes: `changeTotal` as it was when it began.
  /// - Returns: the commit's number; nil when there was nothing to be kept.
  func commit(since changes: Int64) throws -> Int64?

  /// Ends an open transaction without a trace; does nothing where none is open. What went wrong has been noted already.
  func rollBack()

  /// Whether a transaction is open. An engine may end one by itself after some errors, such as a full disk.
  var isInTransaction: Bool { get }

  /// Whether a row refers to one that is not there, which the transaction's end would refuse.
  var hasDanglingForeignKey: Bool { get }

  /// How many rows have been changed since the session began, also in transactions that were rolled back.
  var changeTotal: Int64 { get }

  /// How those tables stand in the present transaction, which writes. Under equal marks their rows are the same: what others
  /// have committed between, and what was rolled back, makes another mark.
  func mark(of tables: [String]) throws -> ChangeMark

  /// Whether there is a table of that name.
  func hasTable(_ name: String) throws -> Bool

  /// Makes the changes of a migration, in the engine's own words.
  func apply(_ changes: [SchemaChange]) throws

  /// Gives back what is kept in memory to be quick: statements, and parts of the database that were read. What is asked for
  /// next gets them again. Between transactions.
  func giveBackMemory()

  /// Before the session ends: carries what was committed to where it stays, if the engine keeps it elsewhere at first.
  func settle() throws(StoreError)
}

/// What a transaction consists of besides statements and its end.
enum TransactionStep {
  /// From the first statement on nothing shows that others commit.
  case beginReading
  /// From now on no other session writes.
  case beginWriting
  case setSavepoint
  case rollBackToSavepoint
  case releaseSavepoint
}

/// Knows the number of the last commit apart from the database, so that a database that lost commits is known by it.
protocol CommitWitness: Sendable {
  /// Notes the number of a commit that is durable.
  func record(_ number: Int64)

  /// Notes nothing more.
  func close()
}
