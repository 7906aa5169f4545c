internal import Contracts
internal import Core

/// How long the office may take, with the rule that says so and the day from which it holds.
struct ComplaintDeadlines: Sendable, Equatable {
  let validFrom: CivilDate
  let legalBasis: String
  /// Working days in which a report is looked at.
  let verificationWorkingDayCount: Int
  /// Working days in which it is answered, by class, from the day on which it came.
  let answerWorkingDayCounts: [ComplaintClass: Int]
  /// Calendar days in which the sender may answer; then it is closed.
  let replyDayCount: Int

  /// What is in force where the configuration says nothing: the practice of PermenPANRB 62/2018, which
  /// 5/2025 replaced; Perpres 76/2013 bounds every settlement at 60 days.
  static let standard = ComplaintDeadlines(
    validFrom: CivilDate(dayNumber: 0), legalBasis: "Perpres 76/2013; PermenPANRB 5/2025",
    verificationWorkingDayCount: 3,
    answerWorkingDayCounts: [.information: 5, .aspiration: 5, .complaint: 14, .supervision: 60], replyDayCount: 10)

  /// The day by which it must be looked at.
  func verifyBy(receivedOn day: CivilDate, _ calendar: some WorkingDays) -> CivilDate {
    calendar.day(verificationWorkingDayCount, after: day)
  }

  /// The day by which it must be answered.
  func answerBy(_ kind: ComplaintClass, receivedOn day: CivilDate, _ calendar: some WorkingDays) -> CivilDate {
    calendar.day(answerWorkingDayCounts[kind] ?? Self.standard.answerWorkingDayCounts[kind] ?? 0, after: day)
  }
}

/// Counts the days on which the office works.
protocol WorkingDays {
  /// The day on which `count` working days after `day` have passed.
  func day(_ count: Int, after day: CivilDate) -> CivilDate
}

/// The office's own calendar, or Monday to Friday where there is none.
struct OfficeDays: WorkingDays {
  let catalogue: (any CatalogueService)?

  func day(_ count: Int, after day: CivilDate) -> CivilDate {
    if let catalogue { return catalogue.workingDay(count, after: day) }
    var (result, left) = (day, count)
    while left > 0 {
      result = result.adding(days: 1)
      if result.weekday <= 5 { left -= 1 }
    }
    return result
  }
}
