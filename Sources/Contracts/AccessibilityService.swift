public import Core
public import Store

/// Who is served on the priority line (layanan prioritas; SE IMI-UM.01.01-2435/2018, UU 25/2009).
public enum PriorityGroup: String, Sendable, CaseIterable, Codable {
  /// 60 years and older.
  case elderly
  /// With a disability, seen or unseen.
  case disabled
  /// Expecting a child.
  case pregnant
  /// A mother who nurses a child.
  case nursing
  /// With a child under five.
  case smallChild = "small-child"
}

/// Help that a person may choose freely (UU 8/2016, reasonable accommodation).
public enum Assistance: String, Sendable, CaseIterable, Codable {
  /// A way and a counter for a wheelchair.
  case wheelchair
  /// A person who speaks sign language with them.
  case signLanguage = "sign-language"
  /// A person who reads aloud and helps to write.
  case reading
  /// A companion of their own beside them.
  case companion
  /// A person who interprets from and into another language.
  case interpreter
  /// Papers in large print.
  case largePrint = "large-print"
  /// Screens in high contrast.
  case highContrast = "high-contrast"
}

/// What a person said they need; without a name, it travels with the ticket.
public struct Needs: Sendable, Equatable {
  /// The priority line, and why; nil for the ordinary one.
  public var priority: PriorityGroup?
  /// The help that was asked for, besides the priority line.
  public var assistance: Set<Assistance>

  /// Needs as they were said; none unless given.
  public init(priority: PriorityGroup? = nil, assistance: Set<Assistance> = []) {
    self.priority = priority
    self.assistance = assistance
  }

  /// Whether the person needs nothing but the ordinary line.
  public var isEmpty: Bool { priority == nil && assistance.isEmpty }
}

/// A call for an officer to come and help.
public struct HelpRequest: Sendable {
  /// The tag of a help request's identity.
  public enum HelpRequestTag {}
  /// The identity of the request.
  public let id: ID<HelpRequestTag>
  /// Where: the kiosk's name, or `web`.
  public let origin: String
  /// When help was called for first.
  public let requestedAt: Instant

  /// A request as it is kept.
  public init(id: ID<HelpRequestTag>, origin: String, requestedAt: Instant) {
    self.id = id
    self.origin = origin
    self.requestedAt = requestedAt
  }
}

/// Remembers what people need, and brings officers who help.
public protocol AccessibilityService: Sendable {
  /// Keeps the needs of a ticket; empty needs keep nothing.
  func record(_ needs: Needs, for ticket: TicketID, in transaction: borrowing Transaction) throws

  /// What was said for a ticket.
  func needs<Database: Queryable & ~Copyable>(
    of ticket: TicketID, in database: borrowing Database
  ) throws -> Needs

  /// Calls an officer to a place. A second call while the first is open is the same call.
  ///
  /// - Returns: nil, and nothing is kept, when no officer is signed in who could see the call.
  func requestHelp(at place: String) async throws -> HelpRequest?

  /// Whether a call would be seen now, so that none is offered that is not.
  func isHelpHeard() async throws -> Bool
}
