internal import Core
internal import Store

/// Where a complaint stands.
enum ComplaintState: String, CaseIterable, Sendable, SQLValue {
  /// *Diterima*.
  case received
  /// *Diverifikasi*.
  case verified
  /// *Ditolak*: closed with a reason.
  case refused
  /// *Ditindaklanjuti*.
  case inProgress = "in-progress"
  /// *Dijawab*.
  case answered
  /// *Selesai*: by its sender, or by time.
  case closed
  /// *Dibuka kembali*.
  case reopened
  /// *Gugur*: its sender's data was erased before it was answered.
  case lapsed

  /// Whether it waits for the office.
  var isOpen: Bool { ![.refused, .answered, .closed, .lapsed].contains(self) }

  /// The state that a step leads to; nil when the step is not open here.
  func after(_ step: ComplaintStep) -> ComplaintState? { steps[step] }

  /// The steps that are open here, each with the state that it leads to.
  private var steps: [ComplaintStep: ComplaintState] {
    switch self {
    case .received: [.verify: .verified, .refuse: .refused]
    case .verified, .reopened: [.start: .inProgress, .answer: .answered]
    case .inProgress: [.answer: .answered]
    case .answered: [.close: .closed, .reopen: .reopened]
    case .refused, .closed, .lapsed: [:]
    }
  }
}

/// What is done to a complaint.
enum ComplaintStep: String, CaseIterable, Sendable {
  case verify
  case refuse
  case start
  case answer
  case close
  case reopen
}
