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
  func after(_ step: ComplaintStep) -> ComplaintState? {
    switch (self, step) {
    case (.received, .verify): .verified
    case (.received, .refuse): .refused
    case (.verified, .start), (.reopened, .start): .inProgress
    case (.verified, .answer), (.inProgress, .answer), (.reopened, .answer): .answered
    case (.answered, .close): .closed
    case (.answered, .reopen): .reopened
    default: nil
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
