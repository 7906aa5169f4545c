import Contracts
import Core

/// What an officer has before them.
struct CounterWork: Sendable {
  /// The ticket that was called or is being served.
  struct Hand: Sendable {
    let ticket: TicketRecord
    let serviceName: LocalizedText
    let needs: Needs
    /// The application, opened; nil for a ticket without one, and in what a live part asks for.
    let file: CaseFile?
    /// Why its application has ended.
    let ending: ApplicationEnding?
    /// The next step's name, while there is one.
    let nextStep: LocalizedText?
    let presentStep: LocalizedText?
  }

  /// A person who waits: a number and a service, never a name.
  struct Waiting: Sendable {
    let number: String
    let serviceName: LocalizedText
    let isPriority: Bool
    let since: Instant
  }

  /// The action that could be taken back now, and on which number.
  struct Undo: Sendable {
    let transition: Int64
    let action: TicketAction
    let number: String
  }

  /// How the officer lost this counter, with the name of the officer who did it.
  struct Loss: Sendable {
    let loss: CounterLoss
    let staff: StaffNames
    /// Why the counter was closed, where that was said.
    let reason: CloseReason?
  }

  let state: CounterHallState
  /// nil for an officer who sits here, or has not sat here today.
  let loss: Loss?
  let hand: Hand?
  let lines: [Waiting]
  /// How many of them only this counter, or its officer, calls.
  let addressedCount: Int
  /// Whether the officer has just called and no ticket waited.
  let nobodyWaits: Bool
  let post: CounterPost?
  /// The officers at the other counters.
  let colleagues: [CounterPost]
  /// The services to which a person would be sent in vain just now.
  var unserved: Set<ServiceCode> = []
  var stopped: Set<ServiceCode> = []
  let undo: Undo?
  let held: [TicketRecord]
  /// Tickets that were called here before: another tab may still show their cases.
  let earlier: [TicketID]
  /// Whether the counter calls, or could after a pause: until then there is nothing to do but to open it.
  var isOpened: Bool { hand != nil || post.map { $0.state != .closed } ?? false }
  /// Whether a script asks for the live parts only.
  let isForLivePart: Bool
}
