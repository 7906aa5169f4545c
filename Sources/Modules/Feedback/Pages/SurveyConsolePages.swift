internal import Core
internal import HTML
internal import Web

/// `/petugas/survei`: what the surveys of a period add up to.
struct SurveyConsolePages: Sendable {
  let surveys: SurveyService

  func routes() -> [Route] {
    [
      Route(.get, "/petugas/survei", for: .officers(with: .surveys), show),
      Route(.post, "/petugas/survei/komentar", for: .officers(with: .surveys), comments),
    ]
  }

  @Sendable private func show(_ request: Request) async throws -> Response {
    let period = SurveyPeriod(request) { request.query($0) }
    let summary = try await surveys.summary(from: period.start, to: period.end)
    let words = request.words
    let title = words("feedback.results.title")
    return .page(request, title: title, face: .console) {
      pageHeading(title, lead: words("feedback.results.hint"))
      period.form(words)
      figures(summary, period, words)
      card(title: words("feedback.results.elements")) { elementTable(summary, words) }
      p(.class("muted")) { words("feedback.results.formula") }
      card(title: words("feedback.results.comments")) {
        p { words("feedback.results.comments-text") }
        actionButton(
          request.context, to: "/petugas/survei/komentar", label: words("feedback.results.comments-open"),
          fields: ["dari": period.first.description, "sampai": period.last.description])
      }
    }
  }

  @Sendable private func comments(_ request: Request) async throws -> Response {
    let period = SurveyPeriod(request) { request.form[$0] }
    let opened = try await surveys.comments(from: period.start, to: period.end, as: request.principal)
    let words = request.words
    let title = words("feedback.results.comments")
    return .page(request, title: title, face: .console) {
      pageHeading(title, lead: period.name(words))
      if opened.isEmpty { p(.class("empty")) { words("feedback.results.comments-none") } }
      for (comment, text) in opened {
        card {
          p(.class("muted")) { words.date(request.context.zone.date(of: comment.answeredAt)) }
          p(.class("typed")) { text.exposed }
        }
      }
      p { linkButton(words("feedback.back"), to: "/petugas/survei") }
    }
    .setting(header: "Cache-Control", "no-store")
  }

  private func figures(_ summary: SurveyService.Summary, _ period: SurveyPeriod, _ words: Words) -> Node {
    let exact = summary.index()
    let rounded = summary.index(.rounded)
    let none = words("feedback.results.none")
    // A number from three people and one from three thousand look alike.
    let answers: KeyValuePairs = ["count": String(summary.surveyCount)]
    return tiles([
      figureTile(
        exact.map { words.decimal(hundredths: $0.hundredths) } ?? none, words("feedback.results.index", answers)),
      figureTile(
        exact.map { words(MessageKey("feedback.quality", named: $0.quality.rawValue)) } ?? none,
        words("feedback.results.quality", answers), tone: exact.map(tone) ?? .neutral),
      figureTile(
        rounded.map { words.decimal(hundredths: $0.hundredths) } ?? none,
        words("feedback.results.index-rounded", answers)),
      figureTile(String(summary.surveyCount), words("feedback.results.surveys")),
      period.visitCount.map { visits in
        let needed = SampleSize.of(population: visits)
        return figureTile(
          String(needed), words("feedback.results.sample", ["visits": String(visits)]),
          tone: summary.surveyCount >= needed ? .success : .warning)
      } ?? .empty,
    ])
  }

  private func tone(_ index: SatisfactionIndex) -> Tone {
    switch index.quality {
    case .a, .b: .success
    case .c: .warning
    case .d: .error
    }
  }

  private func elementTable(_ summary: SurveyService.Summary, _ words: Words) -> Node {
    dataTable(
      caption: words("feedback.results.elements"),
      columns: ["element", "count", "average"].map { words(MessageKey("feedback.column", named: $0)) },
      numeric: [1, 2],
      rows: SurveyElement.allCases.map { element in
        let tally = summary.tallies[element] ?? ElementTally()
        return [
          .text("\(element.rawValue) \(words(MessageKey("feedback.element", named: "\(element.rawValue).name")))"),
          .text(String(tally.answerCount)),
          .text(tally.average.map { words.decimal($0) } ?? words("feedback.results.none")),
        ]
      })
  }
}

/// The period that a supervisor asks for: this year so far, unless two days are named.
struct SurveyPeriod {
  let first: CivilDate
  let last: CivilDate
  /// How many visits there were, as the supervisor says; for the sample's size.
  let visitCount: Int?
  private let zone: OfficeZone

  init(_ request: Request, _ value: (String) -> String?) {
    zone = request.context.zone
    let today = zone.date(of: request.context.now)
    let newYear = CivilDate(year: today.year, month: 1, day: 1) ?? today
    let from = value("dari").flatMap { CivilDate(iso: $0) } ?? newYear
    let to = value("sampai").flatMap { CivilDate(iso: $0) } ?? today
    (first, last) = (min(from, to), max(from, to))
    visitCount = value("kunjungan").flatMap { Int($0) }.flatMap { (1...100_000_000).contains($0) ? $0 : nil }
  }

  var start: Instant { zone.instant(first, CivilTime(minuteOfDay: 0)) }
  /// The end of the last day.
  var end: Instant { zone.instant(last, CivilTime(minuteOfDay: 1440)) }

  func name(_ words: Words) -> String {
    words("feedback.results.period", ["from": words.date(first), "to": words.date(last)])
  }

  /// Choosing another period changes nothing, so it is asked for with GET.
  func form(_ words: Words) -> Node {
    HTML.form(.method(.get), .action("/petugas/survei"), .class("form")) {
      field("dari", words("feedback.results.from"), .date, first.description)
      field("sampai", words("feedback.results.to"), .date, last.description)
      field("kunjungan", words("feedback.results.visits"), .number, visitCount.map(String.init) ?? "")
      div(.class("actions")) {
        button(.button(.submit), .class("button secondary")) { words("feedback.results.show") }
      }
    }
  }

  private func field(_ name: String, _ text: String, _ type: Attribute.InputType, _ value: String) -> Node {
    div(.class("field")) {
      label(.for("p-\(name)")) { text }
      input(.type(type), .id("p-\(name)"), .name(name), .value(value))
    }
  }
}
