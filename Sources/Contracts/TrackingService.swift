public import Core
public import Store

/// The way of an application so far and still to come, without personal data.
public struct Timeline: Sendable {
  /// One stage on the way.
  public struct Entry: Sendable {
    /// The stage, as the service's file describes it.
    public let stage: Stage
    /// When the stage was entered; nil while it lies ahead.
    public let enteredAt: Instant?
    /// Whether the application is in this stage now.
    public let isCurrent: Bool

    /// A stage on the way, behind or ahead.
    public init(stage: Stage, enteredAt: Instant?, isCurrent: Bool) {
      self.stage = stage
      self.enteredAt = enteredAt
      self.isCurrent = isCurrent
    }
  }

  /// The number of the application.
  public let number: ApplicationNumber
  /// The service that was applied for.
  public let service: ServiceCode
  /// What people call the service.
  public let serviceName: LocalizedText
  /// The stages in order: those behind, the present one, those ahead.
  public let entries: [Entry]
  /// The day by which the office has promised to finish; nil before the promise's clock has started.
  public let promisedFor: CivilDate?

  /// The way of one application.
  public init(
    number: ApplicationNumber, service: ServiceCode, serviceName: LocalizedText, entries: [Entry],
    promisedFor: CivilDate?
  ) {
    self.number = number
    self.service = service
    self.serviceName = serviceName
    self.entries = entries
    self.promisedFor = promisedFor
  }

  /// The stage it is in.
  public var current: Stage? { entries.first(where: \.isCurrent)?.stage }
}

/// Follows applications through their stages.
public protocol TrackingService: Sendable {
  /// Starts the timeline of a new application, in its service's first stage.
  func open(
    _ number: ApplicationNumber, subject: SubjectID, service: OfferedService, in transaction: borrowing Transaction
  ) throws

  /// Enters the next stage when the present one ends with a visit; otherwise changes nothing.
  ///
  /// - Returns: the stage entered.
  func finishVisit(
    of number: ApplicationNumber, by principal: Principal, in transaction: borrowing Transaction
  ) throws -> Stage?

  /// Takes back what `finishVisit` has just done: the application stands again in the stage before, and what was
  /// promised is again what it was then.
  ///
  /// - Parameter stage: the code of the stage that was entered.
  /// - Returns: false when the application has gone on from there, or its document was handed over, and then nothing
  ///   has changed.
  func takeBackVisit(
    of number: ApplicationNumber, entering stage: String, by principal: Principal, in transaction: borrowing Transaction
  ) throws -> Bool

  /// The timeline, for a caller that may see it anyway.
  func timeline<Database: Queryable & ~Copyable>(
    of number: ApplicationNumber, in database: borrowing Database
  ) throws -> Timeline?

  /// The timeline, for a person who proves with the date of birth that the application is theirs.
  ///
  /// - Throws: `Problem` `tracking.not-found`, the same for an unknown number and a wrong date, so
  ///   that neither tells which it was; `look-up.too-many` for a client that has missed too often (`LookUpGuard`).
  func timeline(
    of number: ApplicationNumber, bornOn date: Personal<CivilDate>, as principal: Principal, from client: LookUpClient
  ) async throws -> Timeline
}
