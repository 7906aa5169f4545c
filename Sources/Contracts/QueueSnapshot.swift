public import Core

/// The hall at one moment, read once for all who show it: numbers and counters, nothing personal.
public struct QueueSnapshot: Sendable, Equatable {
  /// A number that was called.
  public struct Call: Sendable, Equatable {
    /// As it is called: `A-012`.
    public let number: String
    /// The counter to which it is called.
    public let counter: Int
    /// How often it was called.
    public let calls: Int
    /// Whether the person is still expected at the counter.
    public let isOpen: Bool

    /// A call to a counter.
    public init(number: String, counter: Int, calls: Int, isOpen: Bool = true) {
      self.number = number
      self.counter = counter
      self.calls = calls
      self.isOpen = isOpen
    }
  }

  /// A number that waits.
  public struct Waiting: Sendable, Equatable {
    /// As it is called: `A-012`.
    public let number: String
    /// The service for which it waits.
    public let service: ServiceCode
    /// Whether it stands in the priority line.
    public let isPriority: Bool
    /// Whether any counter calls it just now, and its holder may be told to get ready.
    public let isAttended: Bool

    /// A number as it stands in its line.
    public init(number: String, service: ServiceCode, isPriority: Bool = false, isAttended: Bool = true) {
      self.number = number
      self.service = service
      self.isPriority = isPriority
      self.isAttended = isAttended
    }
  }

  /// A service that a supervisor has stopped.
  public struct StoppedService: Sendable, Equatable {
    /// What people call the service.
    public let name: LocalizedText
    /// Why it cannot be had, and when it can again.
    public let availability: Availability

    /// A service and how it stands.
    public init(name: LocalizedText, availability: Availability) {
      self.name = name
      self.availability = availability
    }
  }

  /// The journal's position that it shows; none is followed by one of an earlier position.
  public var sequence: Int64 = 0
  /// When the hall was read.
  public var at = Instant(milliseconds: 0)
  /// The latest calls of the day, newest first.
  public var calls: [Call] = []
  /// All who wait, in the order in which they are called.
  public var waiting: [Waiting] = []
  /// The priority line's slots that still lie ahead, by service; none where no slots are kept for it.
  public var prioritySlots: [ServiceCode: SlotsLeft] = [:]
  /// Whether the office is open and any counter is.
  public var office = Availability.open(counters: [], until: nil)
  /// The services that cannot be had because of a stop of their own.
  public var stopped: [StoppedService] = []
  /// The stops that have not begun yet, in the order in which they begin.
  public var ahead: [StopAhead] = []
  /// What stops of the whole office leave of today's hours; nil where they take none.
  public var closureToday: PlannedClosure?
  /// The later days that supervisors have taken hours from for the whole office, in order.
  public var closures: [PlannedClosure] = []

  /// A hall in which nothing has happened; before the first reading.
  public init() {}
}
