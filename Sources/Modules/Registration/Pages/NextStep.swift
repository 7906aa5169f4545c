import Contracts
import Core

/// What an applicant does next, as far as the application's stage and the office's hours tell: what the receipt's first
/// button is for.
enum NextStep: Equatable {
  /// Coming to the office, and numbers are given now.
  case comeNow
  /// Coming to the office, which is closed now.
  case comeLater
  /// Nothing but waiting: the office or a third party moves.
  case wait
  /// The application has ended.
  case ended

  /// - Parameters:
  ///   - stage: the stage the application is in; nil where nobody follows it, and then a visit comes next.
  ///   - isOpen: whether the office serves people at this moment.
  init(stage: Stage?, isOpen: Bool) {
    switch stage?.ending ?? .visit {
    case .visit: self = isOpen ? .comeNow : .comeLater
    case .officer: self = .wait
    case .none: self = .ended
    }
  }
}

extension OpeningTimesService {
  /// Whether people are served at that moment.
  func isOpen(at instant: Instant, in zone: OfficeZone) -> Bool {
    let time = zone.time(of: instant)
    return openingTimes(on: zone.date(of: instant)).contains { $0.from <= time && time < $0.to }
  }

  /// The next day with opening hours from that day on, and when it begins; none within two months is a calendar that
  /// nobody has filled in.
  func nextOpening(after instant: Instant, in zone: OfficeZone) -> (day: CivilDate, time: CivilTime)? {
    let (today, now) = (zone.date(of: instant), zone.time(of: instant))
    for days in 0...60 {
      let day = today.adding(days: days)
      if let span = openingTimes(on: day).first(where: { days > 0 || now < $0.from }) { return (day, span.from) }
    }
    return nil
  }
}
