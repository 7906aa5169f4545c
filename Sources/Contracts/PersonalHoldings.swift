public import Core
public import Store

/// Something that a module keeps of a person, under a person of its own, apart from any application.
public struct PersonalHolding: Sendable, Equatable {
  /// What it is.
  public enum Kind: String, Sendable, CaseIterable {
    /// What a person has reported, and what was answered.
    case complaint
  }

  /// What it is.
  public let kind: Kind
  /// The person under whom it is kept.
  public let subject: SubjectID
  /// How its owner knows it, such as a complaint's number.
  public let reference: String
  /// What tells it from others without saying what stands in it.
  public let traits: [MessageKey]
  /// When it came in.
  public let receivedAt: Instant

  /// Something that is kept of a person.
  public init(kind: Kind, subject: SubjectID, reference: String, traits: [MessageKey], receivedAt: Instant) {
    self.kind = kind
    self.subject = subject
    self.reference = reference
    self.traits = traits
    self.receivedAt = receivedAt
  }
}

/// Lets what people ask about their data reach what a module keeps of them under persons of its own. What stands in it is
/// their `Statement`.
public protocol PersonalHoldings: Sendable {
  /// What belongs to these persons, the first one first; persons of other modules have none.
  func holdings<Database: Queryable & ~Copyable>(
    of subjects: [SubjectID], in database: borrowing Database
  ) throws -> [PersonalHolding]

  /// What has that reference, however it is typed; nil when nothing has. Only its owner knows the reference.
  func holding<Database: Queryable & ~Copyable>(
    _ reference: String, in database: borrowing Database
  ) throws -> PersonalHolding?
}
