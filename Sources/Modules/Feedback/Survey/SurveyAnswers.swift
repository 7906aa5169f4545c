internal import Core

/// A filled-in questionnaire.
struct SurveyAnswers: Sendable {
  static let commentCharacterCountMax = 1000

  var scores: [SurveyElement: SurveyScore] = [:]
  var respondent = Respondent()
  /// May name people, so it is sealed or not kept at all.
  var comment: Personal<String>?

  var isEmpty: Bool { scores.isEmpty && comment == nil }
}
