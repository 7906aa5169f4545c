/// The nine elements of the satisfaction survey (Survei Kepuasan Masyarakat, PermenPANRB 14/2017).
///
/// Known by the element, never by its place: the body of the regulation has complaints as the eighth and
/// facilities as the ninth, and the sample questionnaire asks them the other way round.
enum SurveyElement: String, CaseIterable, Sendable {
  case requirements = "U1"
  case procedure = "U2"
  case time = "U3"
  case fee = "U4"
  case product = "U5"
  case competence = "U6"
  case conduct = "U7"
  case complaints = "U8"
  case facilities = "U9"

  /// The order of the sample questionnaire.
  static let questionnaire: [SurveyElement] = [
    .requirements, .procedure, .time, .fee, .product, .competence, .conduct, .facilities, .complaints,
  ]
}

/// An answer on the regulation's scale: 1, the worst, to 4, the best. For the fee it runs from dear to free.
struct SurveyScore: Hashable, Sendable, RawRepresentable {
  static let all = (1...4).compactMap(SurveyScore.init)

  let rawValue: Int

  init?(rawValue: Int) {
    guard (1...4).contains(rawValue) else { return nil }
    self.rawValue = rawValue
  }
}
