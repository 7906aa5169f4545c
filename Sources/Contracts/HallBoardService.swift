public import Core

/// What a call display shows: numbers and counters, and nothing of any person.
public struct HallBoard: Sendable, Equatable {
  /// One call.
  public struct Call: Sendable, Equatable {
    /// The number as it is called: `A-012`.
    public let number: String
    /// The counter to which it is called.
    public let counter: Int
    /// How often it was called: a display calls attention to it again when it rises.
    public let calls: Int

    /// A call to a counter.
    public init(number: String, counter: Int, calls: Int) {
      self.number = number
      self.counter = counter
      self.calls = calls
    }
  }

  /// The zone's name; nil for the whole hall.
  public let zone: LocalizedText?
  /// The latest calls, newest first.
  public let calls: [Call]
  /// Who is likely to be called next.
  public let next: [String]
  /// How many tickets wait, of those that the board shows.
  public let waiting: Int
  /// How the priority line stands; nil where no places are kept for it today.
  public let priority: LocalizedText?
  /// Why no number is called now, or no number is given, and when the office opens; nil while all is as usual.
  public let notice: LocalizedText?
  /// Whether the office is closed for today and no visitor is expected any more.
  public let isClosed: Bool
  /// Lines that take turns below the calls.
  public let ticker: [LocalizedText]

  /// A board as it is shown at one moment.
  public init(
    zone: LocalizedText?, calls: [Call], next: [String], waiting: Int, priority: LocalizedText? = nil,
    notice: LocalizedText? = nil, isClosed: Bool = false, ticker: [LocalizedText]
  ) {
    self.zone = zone
    self.calls = calls
    self.next = next
    self.waiting = waiting
    self.priority = priority
    self.notice = notice
    self.isClosed = isClosed
    self.ticker = ticker
  }
}

/// The hall's calls, for displays that are no browser.
public protocol HallBoardService: Sendable {
  /// The board of a zone (nil for the whole hall) now and after each change; only the newest waits for a slow reader.
  ///
  /// - Returns: nil when there is no such zone.
  func boards(of zone: String?) -> AsyncStream<HallBoard>?
}
