internal import Civil
public import Core
public import HTML

/// Number and date of birth, by which people show which application is theirs: sent, and the date never in an address.
public enum ApplicationQuestions {
  /// The name under which the number is sent.
  public static let numberField = "nomor"
  /// The name under which the date of birth is sent.
  public static let dateField = "lahir"

  /// Both questions, in the reader's language, in the order in which they are asked.
  ///
  /// Use it where an application is opened by its number; not where the number is known, which takes `bornField` alone.
  public static func fields(_ words: Words) -> [Field] {
    [
      .text(
        numberField, label: words("form.application.number"), hint: words("form.application.number-hint"),
        kind: .caseNumber),
      bornField(words),
    ]
  }

  /// The date of birth alone, where the number is known.
  ///
  /// Use it where the number is known; not for another person's date of birth.
  public static func bornField(_ words: Words) -> Field {
    .text(dateField, label: words("form.application.born"), hint: words("form.application.born-hint"), kind: .birthDate)
  }

  /// The answers; nil, with what is to be mended said beside its field, where one of them cannot be right.
  public static func answers(
    _ input: inout FormInput, _ words: Words
  ) -> (number: ApplicationNumber, born: Personal<CivilDate>)? {
    let number = input.number(of: ApplicationKind.self, in: numberField, words)
    let date = born(&input, words)
    guard let number, let date else { return nil }
    return (number, Personal(date))
  }

  /// Leads on a reader who typed another number, such as an appointment's.
  ///
  /// Use it above the form with these questions; not on any other page.
  public static func notice(_ input: FormInput, _ context: PageContext) -> Node {
    otherNumberNotice(input[numberField], wanted: .application, context)
  }

  /// The date of birth; nil, with what is to be mended said beside its field, where there is none that can be right.
  public static func born(_ input: inout FormInput, _ words: Words) -> CivilDate? {
    guard !input[dateField].isEmpty else {
      input.refuse(dateField, words("form.error.missing", ["label": words("form.application.born")]))
      return nil
    }
    do throws(Refusal) {
      return try DateRule.birth(input[dateField])
    } catch {
      if error == .dateUnreadable {
        input.refuseDate(dateField, words)
      } else {
        input.refuse(dateField, error.text(words, label: ""))
      }
      return nil
    }
  }
}
