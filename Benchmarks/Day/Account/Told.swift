internal import Synchronization

/// What the clients were told, to be compared with the database when the day is over.
final class Told: Sendable {
  /// An application that was acknowledged with a receipt.
  struct Application: Sendable, Equatable {
    let number: String
    let service: String
    /// The stage that its person saw last, counted from 1; nil when nobody looked.
    var position: Int?
  }

  /// A ticket that was handed out.
  struct Ticket: Sendable, Equatable {
    let number: String
    /// Nil where the person only saw the number on a kiosk's screen.
    let code: String?
    let service: String
    let application: String?
    let isPriority: Bool
    /// `web` or `kiosk`.
    let channel: String
    let way: Plan.Way
    /// How it ended as far as its holder knows: `finished`, `no-show`.
    var state: String?
  }

  /// A survey that was thanked for: the chosen values by element, in order.
  struct Survey: Sendable, Equatable {
    let service: String
    let scores: [String]
  }

  private struct State {
    var applications: [String: Application] = [:]
    var tickets: [String: Ticket] = [:]
    var surveys: [Survey] = []
    var complaints: [String] = []
    var helpPlaces: Set<String> = []
    var refusals: [String: Int] = [:]
    var recallCount = 0
    var errors: [String] = []
    var waysHome: [(way: Plan.Way, service: String)] = []
  }

  private let state = Mutex(State())

  // MARK: What was told

  func application(_ application: Application) throws {
    let isNew = state.withLock { $0.applications.updateValue(application, forKey: application.number) == nil }
    if !isNew { throw Trouble("two people were told the application number \(application.number)") }
  }

  func stage(_ position: Int, of number: String) {
    state.withLock { $0.applications[number]?.position = position }
  }

  func ticket(_ ticket: Ticket) throws {
    let isNew = state.withLock { $0.tickets.updateValue(ticket, forKey: ticket.number) == nil }
    if !isNew { throw Trouble("two people were told the ticket number \(ticket.number)") }
  }

  func end(of number: String, _ ending: String) { state.withLock { $0.tickets[number]?.state = ending } }
  func survey(_ survey: Survey) { state.withLock { $0.surveys.append(survey) } }
  func complaint(_ number: String) { state.withLock { $0.complaints.append(number) } }
  func help(at place: String) { state.withLock { _ = $0.helpPlaces.insert(place) } }
  func recall() { state.withLock { $0.recallCount += 1 } }
  func homeOnly(_ service: String) { state.withLock { $0.waysHome.append((.homeOnly, service)) } }

  /// A refusal that was right: a person had made a slip.
  func refusal(_ kind: String) { state.withLock { $0.refusals[kind, default: 0] += 1 } }

  /// Something that should not have happened.
  func fail(_ words: String) { state.withLock { $0.errors.append(words) } }

  // MARK: What can be asked

  var applications: [String: Application] { state.withLock { $0.applications } }
  /// By number.
  var tickets: [String: Ticket] { state.withLock { $0.tickets } }
  var surveys: [Survey] { state.withLock { $0.surveys } }
  var complaints: [String] { state.withLock { $0.complaints } }
  var helpPlaces: Set<String> { state.withLock { $0.helpPlaces } }
  var refusals: [String: Int] { state.withLock { $0.refusals } }
  var recallCount: Int { state.withLock { $0.recallCount } }
  var errors: [String] { state.withLock { $0.errors } }
  var waysHome: [(way: Plan.Way, service: String)] { state.withLock { $0.waysHome } }
}
