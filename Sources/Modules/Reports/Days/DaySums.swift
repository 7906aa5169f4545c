import Contracts
import Core

/// What the visits of one day add up to, apart for each thing by which a question chooses or groups. A report is made of
/// these: of a month they are a few thousand numbers, where the history has tens of thousands of steps.
struct DaySums: Sendable, Equatable {
  /// What the steps of one part have in common.
  struct Part: Hashable, Sendable {
    let service: ServiceCode
    let counter: Int?
    let officer: OfficerID?
    let channel: Channel
    let isPriority: Bool
    /// Whether they ended with the day. The officer who closes it has served none of those who were left.
    let isSettled: Bool
  }

  let day: CivilDate
  /// A part whose steps count for nothing, such as a second call, is there as well: its row is shown.
  var parts: [Part: Tally] = [:]

  /// A day without visits.
  init(day: CivilDate) { self.day = day }

  /// - Parameter steps: of all visits of that day, in the order of the history.
  init(_ steps: [VisitStep], on day: CivilDate, zone: OfficeZone) {
    self.day = day
    for counted in CountedStep.all(in: steps) {
      let hour = min(23, zone.time(of: counted.step.at).minuteOfDay / 60)
      parts[Part(counted.step), default: Tally()].add(counted, at: hour)
    }
  }

  /// The days of a history, of which each visit has one.
  static func days(of history: [VisitStep], zone: OfficeZone) -> [DaySums] {
    Dictionary(grouping: history, by: \.day).map { DaySums($1, on: $0, zone: zone) }.sorted { $0.day < $1.day }
  }
}

extension DaySums.Part {
  fileprivate init(_ step: VisitStep) {
    self.init(
      service: step.service, counter: step.counter, officer: step.officer, channel: step.channel,
      isPriority: step.isPriority, isSettled: step.action == .settle)
  }
}
