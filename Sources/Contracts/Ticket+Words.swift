public import Core

/// What a ticket's holder is told on every face.
extension Ticket {
  /// Why it is not called just now; nil while it may be, and once it no longer waits.
  public var hindrance: Availability? {
    guard state == .waiting else { return nil }
    return availability.flatMap { $0.isServing ? nil : $0 }
  }

  /// The counter to which its holder was sent and where no officer sits, where that alone is why it is not called.
  public var desertedCounter: Int? {
    guard let hindrance, hindrance.isAlarming, let sentTo, !sentTo.isAttended else { return nil }
    return sentTo.counter
  }

  /// Why it is not called, and what follows: the headline and what stands below it.
  public func hindered(_ words: Words, in zone: OfficeZone) -> (title: String, text: String)? {
    guard let hindrance else { return nil }
    let text = hindrance.waitingText(words, in: zone)
    guard let counter = desertedCounter.map(String.init) else { return (hindrance.title(words, in: zone), text) }
    return (
      words("queue.ticket.deserted", ["counter": counter]),
      "\(words("queue.ticket.sent-to-unattended", ["counter": counter])) \(text)"
    )
  }

  /// What its state means for its holder, once it no longer waits.
  public func stateText(_ words: Words, in zone: OfficeZone) -> String {
    let text: String =
      if let ending {
        words(MessageKey("queue.ending-text", named: ending.rawValue))
      } else if state == .noShow, !mayComeBack {
        words("queue.ending-text.no-show")
      } else if let hold {
        hold.text(words, counter: counter, in: zone)
      } else {
        words(
          MessageKey("queue.state-text", named: state.rawValue), ["counter": counter.map(String.init) ?? ""])
      }
    guard let opening = nextOpening(words, in: zone) else { return text }
    return "\(text) \(opening)"
  }

  /// When numbers are given again, for a holder who was not served; nil while they are.
  private func nextOpening(_ words: Words, in zone: OfficeZone) -> String? {
    guard state.isClosed, !mayComeBack, ending != .erased, let availability, !availability.takesNumbers else {
      return nil
    }
    return "\(availability.title(words, in: zone)) \(availability.text(words, in: zone))"
  }
}

/// A visit that is set aside for a while, as its holder is told.
public struct TicketHold: Sendable, Equatable {
  /// What its holder does meanwhile; the raw value is the message that says it.
  public enum Task: String, Sendable, CaseIterable {
    /// Fetches a document.
    case document
    /// Has a copy made.
    case copy
    /// Pays.
    case payment
    /// Prays.
    case prayer
    /// Nothing: the officer asks a colleague.
    case colleague
  }

  /// After that the number is called with the others again; nil where that is not known.
  public let until: Instant?
  /// nil for a reason that is on none of them.
  public let task: Task?

  /// A hold until a moment, and for a task.
  public init(until: Instant?, task: Task?) {
    self.until = until
    self.task = task
  }

  func text(_ words: Words, counter: Int?, in zone: OfficeZone) -> String {
    let number = counter.map(String.init) ?? ""
    let said = [
      until.map { words("queue.held.until", ["time": words.time($0, in: zone)]) },
      task.map { words(MessageKey("queue.held", named: $0.rawValue), ["counter": number]) },
      words(until == nil ? "queue.state-text.hold" : "queue.held.after", ["counter": number]),
    ]
    return said.compactMap { $0 }.joined(separator: " ")
  }
}
