public import Core

/// What an applicant does next, decided by whose move it is: receipt, timeline and ticket say the same.
public enum NextStep: Sendable, Equatable {
  /// Coming to the office, and numbers are given now.
  case comeNow(Availability)
  /// Coming to the office, which gives no numbers for it now.
  case comeLater(Availability)
  /// Coming to the office, of which it is not known whether it gives numbers.
  case come
  /// Something else that the applicant does, such as paying: the stage says what.
  case act(Stage)
  /// Nothing but waiting: the office or a third party moves.
  case wait
  /// The application has ended.
  case ended

  /// - Parameters:
  ///   - stage: the stage the application is in; nil where no module follows it, and then a visit comes next.
  ///   - availability: whether its service can be had at the office now; nil where no module knows.
  public init(stage: Stage?, availability: Availability?) {
    let visit = availability.map { $0.takesNumbers ? Self.comeNow($0) : .comeLater($0) } ?? .come
    guard let stage else {
      self = visit
      return
    }
    switch (stage.ending, stage.mover) {
    case (.none, _): self = .ended
    case (_, .office): self = .wait
    case (.visit, .applicant): self = visit
    case (.officer, .applicant): self = .act(stage)
    }
  }

  /// Whether it is a visit to the office.
  public var isVisit: Bool {
    switch self {
    case .comeNow, .comeLater, .come: true
    case .act, .wait, .ended: false
    }
  }

  /// Whether numbers are given for it now, or it is not known that they are not: the page of numbers will.
  public var takesNumbers: Bool {
    switch self {
    case .comeNow, .come: true
    case .comeLater, .act, .wait, .ended: false
    }
  }

  /// The step in a sentence or two, to stand after “next step:”.
  public func text(_ words: Words, in zone: OfficeZone) -> String {
    switch self {
    case .comeNow(let availability) where availability.isServing: words("next-step.come-now")
    case .comeNow(let availability), .comeLater(let availability):
      // Coming to the office, and what keeps it from serving just now.
      [words("next-step.come-when"), availability.title(words, in: zone), availability.text(words, in: zone)]
        .joined(separator: " ")
    case .come: words("next-step.come")
    case .act(let stage):
      words("next-step.act", ["stage": words(stage.name), "text": words(stage.explanation)])
    case .wait: words("next-step.wait")
    case .ended: words("next-step.ended")
    }
  }
}
