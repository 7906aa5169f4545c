import Contracts
import Core

/// What an applicant does next, as far as the application's stage and the office tell: what the receipt's first
/// button is for.
enum NextStep: Equatable {
  /// Coming to the office, and numbers are given now.
  case comeNow(Availability)
  /// Coming to the office, which gives no numbers for it now.
  case comeLater(Availability)
  /// Coming to the office, of which nobody tells whether it gives numbers.
  case come
  /// Nothing but waiting: the office or a third party moves.
  case wait
  /// The application has ended.
  case ended

  /// - Parameters:
  ///   - stage: the stage the application is in; nil where nobody follows it, and then a visit comes next.
  ///   - availability: whether its service can be had at the office now; nil where no module knows.
  init(stage: Stage?, availability: Availability?) {
    switch stage?.ending ?? .visit {
    case .visit:
      self = availability.map { $0.takesNumbers ? .comeNow($0) : .comeLater($0) } ?? .come
    case .officer: self = .wait
    case .none: self = .ended
    }
  }
}
