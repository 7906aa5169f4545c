internal import Core
internal import HTML
internal import Web

/// How a complaint is shown, to its sender and to officers alike.
struct ComplaintView {
  let words: Words
  let zone: OfficeZone
  let rules: ComplaintRules

  /// What it is and where it stands.
  func rows(_ complaint: Complaint, at now: Instant) -> [SummaryRow] {
    let state = complaint.state(at: now)
    var rows = [
      SummaryRow(words("feedback.column.state"), node: stateTag(state)),
      SummaryRow(words("feedback.column.class"), name(complaint.kind)),
      SummaryRow(
        words("feedback.column.category"), words(MessageKey("feedback.category", named: complaint.category.rawValue))),
      SummaryRow(words("feedback.column.received"), words.moment(complaint.receivedAt, in: zone)),
    ]
    rows += deadlines(complaint, at: now).map { SummaryRow($0.label, words.longDate($0.day)) }
    if state.isOpen, let why = reason(for: complaint) { rows.append(SummaryRow(words("feedback.column.why"), why)) }
    if let refusal = complaint.refusal {
      rows.append(
        SummaryRow(words("feedback.column.refusal"), words(MessageKey("feedback.refusal", named: refusal.rawValue))))
    }
    return rows
  }

  /// The days by which the office must act, each with its name: the same wherever a complaint is shown.
  func deadlines(_ complaint: Complaint, at now: Instant) -> [(label: String, day: CivilDate)] {
    let state = complaint.state(at: now)
    guard state.isOpen else { return [] }
    let answer = (label: words("feedback.column.answer-by"), day: complaint.answerBy)
    return state == .received ? [(words("feedback.column.verify-by"), complaint.verifyBy), answer] : [answer]
  }

  /// Why the answer may take longer than the person who chose "complaint" was promised for one.
  private func reason(for complaint: Complaint) -> String? {
    guard complaint.kind == .supervision else { return nil }
    let days = rules.deadlines(on: zone.date(of: complaint.receivedAt)).answerWorkingDayCounts[.supervision] ?? 0
    let key: MessageKey = complaint.category == .levy ? "feedback.why.levy" : "feedback.why.supervision"
    return words(key, ["days": String(days)])
  }

  /// The steps so far.
  func way(_ progress: ComplaintService.Progress, at now: Instant) -> Node {
    let state = progress.complaint.state(at: now)
    let isClosedByTime = state == .closed && progress.complaint.recordedState == .answered
    let last = progress.steps.count - 1
    var steps = progress.steps.enumerated().map { place, step in
      let isLast = place == last && !isClosedByTime
      let mark: TimelineStep.State =
        [.refused, .lapsed].contains(step.state) ? .stopped : isLast && step.state.isOpen ? .current : .done
      return TimelineStep(
        name(step.state), mark, stateWord: words(MessageKey("feedback.mark", named: mark.rawValue)),
        when: words.moment(step.at, in: zone))
    }
    if isClosedByTime {
      let when = progress.complaint.replyEnd.map { words.moment($0, in: zone) }
      steps.append(TimelineStep(name(.closed), .done, stateWord: words("feedback.mark.done"), when: when))
    }
    return timeline(steps)
  }

  func stateTag(_ state: ComplaintState) -> Node {
    let tone: Tone =
      switch state {
      case .received, .reopened: .warning
      case .verified, .inProgress: .info
      case .answered, .closed: .success
      case .refused: .error
      case .lapsed: .neutral
      }
    return tag(name(state), tone)
  }

  func name(_ state: ComplaintState) -> String { words(MessageKey("feedback.state", named: state.rawValue)) }

  func name(_ kind: ComplaintClass) -> String { words(MessageKey("feedback.class", named: kind.rawValue)) }
}
