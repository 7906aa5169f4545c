import Contracts
import Core
import Web

/// The questions before a time is chosen: whose applications, and which line.
enum PartyForm {
  static let numbers = "nomor"
  private static let kind = "jalur"

  static func fields(_ rules: AppointmentRules, _ words: Words) -> [Field] {
    var kinds = [
      Field.Option(PlaceKind.web.rawValue, words("appointment.kind.web"), hint: words("appointment.kind-hint.web"))
    ]
    kinds += PriorityGroup.allCases.map { group in
      Field.Option(group.rawValue, words(MessageKey("need.priority", named: group.rawValue)))
    }
    if rules.services.contains(where: \.takesExpress), rules.shares.express > 0 {
      kinds.append(
        Field.Option(
          PlaceKind.express.rawValue, words("appointment.kind.express"),
          hint: words("appointment.kind-hint.express", ["time": rules.expressUntil.spoken])))
    }
    if rules.shares.walkIn > 0 {
      kinds.append(
        Field.Option(
          PlaceKind.walkIn.rawValue, words("appointment.kind.walk-in"), hint: words("appointment.kind-hint.walk-in")))
    }
    return [
      .text(
        numbers, label: words("appointment.book.numbers"),
        hint: words("appointment.book.numbers-hint", ["max": String(rules.partyMax)]),
        kind: .multiline(rows: 2, max: 400)),
      .choice(
        kind, label: words("appointment.book.kind"), hint: words("appointment.book.kind-hint"), options: kinds),
    ]
  }

  /// A fresh form, with the application that led here.
  static func prefilled(_ request: Request) -> FormInput {
    FormInput([
      FormInput.Entry(numbers, request.query("nomor") ?? ""),
      FormInput.Entry(kind, request.query("jalur") ?? PlaceKind.web.rawValue),
    ])
  }

  /// What was answered; nil when something was refused beside its field.
  static func party(_ input: inout FormInput, _ rules: AppointmentRules, _ words: Words) -> PartyLink? {
    fields(rules, words).check(&input, words)
    let typed = split(input[numbers])
    let read = typed.map { ApplicationNumber($0) }
    if let wrong = zip(typed, read).first(where: { $0.1 == nil })?.0 {
      input.refuse(numbers, refusal(of: wrong, words))
    }
    guard input.isAcceptable else { return nil }
    let answer = input[kind]
    let group = PriorityGroup(rawValue: answer)
    return PartyLink(
      numbers: read.compactMap { $0 }, kind: group == nil ? PlaceKind(rawValue: answer) ?? .web : .priority,
      priority: group)
  }

  /// The numbers in what was typed. Between numbers stands whatever also stands between their groups, so lines without
  /// other signs are cut at every twelfth digit.
  private static func split(_ typed: String) -> [String] {
    typed.split { $0 == "," || $0 == ";" || $0.isNewline }.flatMap { part -> [String] in
      let part = String(part)
      guard let digits = TypedNumber.digits(of: part), digits.count.isMultiple(of: TypedNumber.digitCount) else {
        return [part]
      }
      return stride(from: 0, to: digits.count, by: TypedNumber.digitCount).map { start in
        String(digits.dropFirst(start).prefix(TypedNumber.digitCount))
      }
    }
  }

  private static func refusal(of typed: String, _ words: Words) -> String {
    switch TypedNumber(typed) {
    case .number, .nik: CaseNumberWords(wanted: .application, words).refusal(of: typed)
    case .mistyped: words("appointment.book.number-mistyped", ["number": String(typed.prefix(20))])
    }
  }

  /// Whether a problem can be mended in the field of the numbers.
  static func isAboutNumbers(_ problem: Problem) -> Bool {
    [
      "appointment.unknown-application", "appointment.not-bookable", "appointment.party-size",
      "appointment.one-at-a-time",
    ].contains(problem.code)
  }
}
