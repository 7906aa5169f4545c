import Civil
import Contracts
import Core
import Web

/// The question what to stop, until when and why.
struct StopForm {
  static let service = "layanan"
  /// The whole office, in the place of a service's code.
  static let wholeOffice = "seluruh-kantor"
  static let firstDay = "hari-pertama"
  static let from = "mulai"
  static let until = "sampai"
  static let lastDay = "hari-terakhir"
  /// The first day as the last one, in the place of a day.
  static let sameDay = "sama"
  static let cause = "sebab"
  /// A sentence.
  static let noteCharacterCountMax = 160

  let services: [OfferedService]
  let today: CivilDate
  let words: Words
  /// Those in which a note can be written, Indonesian first.
  let languages: [Language]

  /// The field of the note in a language: `keterangan`, `keterangan-en`.
  static func note(in language: Language) -> String {
    language == .indonesian ? "keterangan" : "keterangan-\(language)"
  }

  /// Today is chosen beforehand, and that it ends on the day on which it begins.
  var fresh: FormInput { FormInput(prefilled: [Self.firstDay: today.description, Self.lastDay: Self.sameDay]) }

  private var days: [Field.Option] {
    (0..<StoppingService.dayCountMax).map { today.adding(days: $0) }.map { day in
      Field.Option(day.description, day == today ? words("queue.stop.today") : words.longDate(day))
    }
  }

  var fields: [Field] { questions + languages.map { noteField($0) } }

  private var questions: [Field] {
    [
      // Nothing is chosen beforehand: a question that is left out must not stop the whole office.
      .choice(
        Self.service, label: words("queue.stop.service"),
        options: [Field.Option(Self.wholeOffice, words("queue.stop.office"))]
          + services.map { Field.Option($0.code.rawValue, words($0.name)) }),
      .select(Self.firstDay, label: words("queue.stop.first-day"), required: false, options: days),
      .text(
        Self.from, label: words("queue.stop.from"), hint: words("queue.stop.from-hint"), required: false,
        kind: .short(5)),
      .text(
        Self.until, label: words("queue.stop.until"), hint: words("queue.stop.until-hint"), required: false,
        kind: .short(5)),
      .select(
        Self.lastDay, label: words("queue.stop.last-day"), hint: words("queue.stop.last-day-hint"), required: false,
        options: [Field.Option(Self.sameDay, words("queue.stop.same-day"))] + days),
      .choice(
        Self.cause, label: words("queue.stop.cause"),
        options: StopReason.Cause.allCases.map {
          Field.Option($0.rawValue, words(MessageKey("availability.cause", named: $0.rawValue)))
        }),
    ]
  }

  private func noteField(_ language: Language) -> Field {
    .text(
      Self.note(in: language), label: noteLabel(language),
      hint: language == .indonesian ? words("queue.stop.note-hint") : nil, required: false,
      kind: .multiline(rows: 2, max: Self.noteCharacterCountMax))
  }

  /// A language that the words do not name goes by its tag.
  private func noteLabel(_ language: Language) -> String {
    if language == .indonesian { return words("queue.stop.note") }
    let label = MessageKey("queue.stop.note-in", named: language.rawValue)
    return words.has(label) ? words(label) : words("queue.stop.note-other", ["language": language.rawValue])
  }

  /// What is asked for; nil, with words beside the fields, for what cannot be.
  func order(_ input: inout FormInput, now: CivilTime) -> StopOrder? {
    fields.check(&input, words)
    let firstDay = CivilDate(iso: input[Self.firstDay]) ?? today
    // On a day ahead there is no "now": it begins with the day.
    let from = time(Self.from, &input, or: firstDay == today ? now : CivilTime(minuteOfDay: 0))
    let until = time(Self.until, &input, or: StopPeriod.endOfDay)
    guard input.isAcceptable, let from, let until, let cause = StopReason.Cause(rawValue: input[Self.cause]),
      !input.submission.isEmpty
    else { return nil }
    return StopOrder(
      service: input[Self.service] == Self.wholeOffice ? nil : ServiceCode(input[Self.service]),
      span: OpeningSpan(from: from, to: until), firstDay: firstDay, lastDay: CivilDate(iso: input[Self.lastDay]),
      reason: StopReason(
        cause: cause, notes: Dictionary(uniqueKeysWithValues: languages.map { ($0, note(in: $0, input)) })),
      submission: input.submission)
  }

  /// The note as it stands within a sentence, which ends by itself.
  private func note(in language: Language, _ input: FormInput) -> String {
    var text = input[Self.note(in: language)]
    while text.last == "." { text.removeLast() }
    return text
  }

  private func time(_ name: String, _ input: inout FormInput, or standard: CivilTime) -> CivilTime? {
    guard !input[name].isEmpty else { return standard }
    if let time = CivilTime(typed: input[name]) { return time }
    input.refuse(name, words("appointment.capacity.time-hint"))
    return nil
  }
}
