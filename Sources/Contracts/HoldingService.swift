public import Core
public import Store

/// What reading all of something has come to.
public struct Inspection: Sendable {
  /// What was read, in the plural: `pages`, `records`.
  public let unit: String
  /// How many of them were read.
  public var count: Int
  /// What is not as it was written, each in one line without personal data.
  public var faults: [String]
  /// Whether each fault is of a file of its own, which can be brought back alone.
  public var isOfFiles: Bool
  /// What could not be read to its end although nothing is known to be wrong with it.
  public var unread: [String]
  /// The pages of a database that are damaged; each of them is among the faults, too.
  public var pages: [DamagedPage] = []

  /// A reading that has found so much; by itself, one that has not begun.
  public init(
    unit: String, count: Int = 0, faults: [String] = [], isOfFiles: Bool = false, unread: [String] = []
  ) {
    self.unit = unit
    self.count = count
    self.faults = faults
    self.isOfFiles = isOfFiles
    self.unread = unread
  }
}

/// Reads all of something, and says how far it has come.
public typealias Inspector = @Sendable (_ progress: @Sendable (CommandProgress) -> Void) async throws -> Inspection

/// What is kept of people beside their records, and has a time of its own, too.
public protocol AgingHolding: Sendable {
  /// The kind under which the retention plan names it.
  var kind: RecordKind { get }

  /// How many there are.
  func count(in database: borrowing some Queryable & ~Copyable) throws -> Int

  /// How many there are from before that moment.
  func count(before moment: Instant, in database: borrowing some Queryable & ~Copyable) throws -> Int

  /// Removes some of them.
  ///
  /// - Returns: whose they were, one by one; empty once none is left.
  func remove(before moment: Instant, limit: Int, in transaction: borrowing Transaction) throws -> [SubjectID]
}

/// Takes what a module keeps of people beside their records into what is done to all of it: retention, and reading all of it
/// in search of damage. Provided by the Vault.
public protocol HoldingService: Sendable {
  /// Has `vault check` read further things that lie sealed. For modules, while they are made.
  func alsoInspects(_ inspector: @escaping Inspector)

  /// Puts what is kept beside the records under retention, in the place of an earlier one of its kind. For modules, while they
  /// are made.
  func alsoRetains(_ holding: some AgingHolding)

  /// Who a person is, for an administrator: with the application by which officers know them. For the terminal alone.
  func whose(_ subject: SubjectID) async throws -> String
}
