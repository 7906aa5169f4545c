public import Core

/// What happened, in one dotted word such as `ticket.called`; written as a literal only.
public struct EventKind: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// The word as it stands in the journal.
  public let description: String

  /// A kind from a literal of the program.
  public init(stringLiteral literal: StaticString) { description = literal.description }

  init(recorded text: String) { description = text }
}

/// Something that happened, to be told to those who follow the journal. Nothing personal is in it.
public struct Event: Hashable, Sendable {
  /// An event tells what changed, not the whole of it; followers read the rest where it is.
  public static let payloadByteCountMax = 16_384

  /// What happened, as a word by which followers choose.
  public let kind: EventKind
  /// What it happened to: a ticket's id, an application's number.
  public let entity: String
  /// JSON text.
  public let payload: String

  /// An event that has yet to be appended; see `Transaction.append(_:)` for how long its payload may be.
  public init(kind: EventKind, entity: String, payload: String = "{}") {
    self.kind = kind
    self.entity = entity
    self.payload = payload
  }
}

/// An event as it stands in the journal.
public struct RecordedEvent: Hashable, Sendable {
  /// Its place in the journal: 1, 2, 3, … in the order of commits, without gaps.
  public let sequence: Int64
  /// When it was appended, by the store's clock.
  public let instant: Instant
  /// What happened, and to what.
  public let event: Event

  /// The event's.
  public var kind: EventKind { event.kind }
  /// The event's.
  public var entity: String { event.entity }
  /// The event's.
  public var payload: String { event.payload }
}
