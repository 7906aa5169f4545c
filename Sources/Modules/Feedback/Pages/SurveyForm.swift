internal import Civil
internal import Core
internal import Web

/// The questionnaire: the nine elements, a few groups to belong to, and a comment. Everything may be left out.
struct SurveyForm {
  static let ticketField = "tiket"
  private static let commentField = "komentar"
  /// Sent for "I cannot judge this".
  private static let noOpinion = "0"

  let words: Words
  /// Whether a comment can be sealed.
  let takesComment: Bool

  var fields: [Field] {
    SurveyElement.questionnaire.map(question)
      + (takesComment ? [comment] : [])
      + [.heading(words("feedback.respondent.title"), hint: words("feedback.respondent.hint"))]
      + [
        group("umur", "age", Respondent.Age.allCases.map(\.rawValue)),
        group("jenis-kelamin", "sex", Respondent.sexes.map(\.rawValue)),
        group("pendidikan", "education", Respondent.Education.allCases.map(\.rawValue)),
        group("pekerjaan", "work", Respondent.Work.allCases.map(\.rawValue)),
      ]
  }

  /// Reads what was sent; says what is wrong beside the fields.
  func read(_ input: inout FormInput) -> SurveyAnswers {
    fields.check(&input, words)
    var answers = SurveyAnswers()
    for element in SurveyElement.allCases {
      answers.scores[element] = Int(input[element.rawValue]).flatMap(SurveyScore.init)
    }
    answers.respondent = Respondent(
      age: Respondent.Age(rawValue: input["umur"]), sex: Sex(rawValue: input["jenis-kelamin"]),
      education: Respondent.Education(rawValue: input["pendidikan"]),
      work: Respondent.Work(rawValue: input["pekerjaan"]))
    let text = input[Self.commentField]
    answers.comment = text.isEmpty ? nil : Personal(text)
    if input.isAcceptable, answers.isEmpty {
      input.refuse(SurveyElement.questionnaire[0].rawValue, words("feedback.survey.empty"))
    }
    return answers
  }

  private func question(_ element: SurveyElement) -> Field {
    let key = element.rawValue
    let answers = SurveyScore.all.map { score in
      Field.Option(
        String(score.rawValue), words(MessageKey("feedback.element", named: "\(key).answer.\(score.rawValue)")))
    }
    return .choice(
      key, label: words(MessageKey("feedback.element", named: "\(key).question")), required: false,
      options: answers + [Field.Option(Self.noOpinion, words("feedback.survey.no-opinion"))], arranged: .inline)
  }

  private var comment: Field {
    .text(
      Self.commentField, label: words("feedback.survey.comment"), hint: words("feedback.survey.comment-hint"),
      required: false, kind: .multiline(rows: 4, max: SurveyAnswers.commentCharacterCountMax))
  }

  private func group(_ name: String, _ key: String, _ values: [String]) -> Field {
    let options = values.map { Field.Option($0, words(MessageKey("feedback.respondent", named: "\(key).\($0)"))) }
    return .select(
      name, label: words(MessageKey("feedback.respondent", named: "\(key).label")), required: false, options: options)
  }
}
