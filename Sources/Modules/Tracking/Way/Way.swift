import Contracts
import Core

/// An application's way: the stages it has entered, and those that lie ahead in the catalogue.
struct Way: Sendable, Equatable {
  /// A stage that was entered.
  struct Step: Sendable, Equatable {
    let stage: String
    let enteredAt: Instant
  }

  /// The steps in the order in which they were entered; the last one is where the application stands.
  let steps: [Step]
  let service: ServiceCode
  let promisedFor: CivilDate?

  /// The way as people see it. A stage that the catalogue has no longer keeps its place under its code.
  func timeline(of number: ApplicationNumber, by offered: OfferedService?) -> Timeline {
    var entries: [Timeline.Entry] = []
    for (position, step) in steps.enumerated() {
      let stage = offered?.stage(step.stage) ?? Self.unknown(step.stage)
      entries.append(.init(stage: stage, enteredAt: step.enteredAt, isCurrent: position == steps.count - 1))
    }
    entries += ahead(in: offered).map { .init(stage: $0, enteredAt: nil, isCurrent: false) }
    let name = offered?.name ?? LocalizedText(inEveryLanguage: service.rawValue)
    return Timeline(
      number: number, service: service, serviceName: name, entries: entries, promisedFor: promisedFor)
  }

  private func ahead(in offered: OfferedService?) -> ArraySlice<Stage> {
    guard let offered, let current = steps.last?.stage,
      let place = offered.stages.firstIndex(where: { $0.code == current })
    else { return [] }
    return offered.stages[(place + 1)...]
  }

  private static func unknown(_ code: String) -> Stage {
    let name = LocalizedText(inEveryLanguage: code)
    let nothing = LocalizedText(inEveryLanguage: "")
    return Stage(code: code, name: name, explanation: nothing, mover: .office, ending: .officer)
  }
}
