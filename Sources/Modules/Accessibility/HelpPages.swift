internal import Contracts
internal import Core
internal import HTML
internal import Web

/// `/bantuan-akses`: what help there is, in plain words, and a way to call an officer in the hall.
struct HelpPages: Sendable {
  private static let placeField = "tempat"
  /// The call whose standing the page tells.
  private static let calledField: StaticString = "bantuan"
  /// What stands in the place of a call's number when none was made.
  private static let unheard = "tidak"

  let help: HelpService
  let office: Office
  let openings: (any OpeningTimesService)?

  func routes() -> [Route] {
    [
      Route(.get, "/bantuan-akses", for: .everyone) { try await shown($0) },
      Route(.post, "/bantuan-akses", for: .everyone, call),
    ]
  }

  /// The page, after a call with how it stands now.
  private func shown(_ request: Request) async throws -> Response {
    let called = request.query("\(Self.calledField)")
    guard let id = called.flatMap({ Int64($0) }) else {
      return try await page(request, standing: called == Self.unheard ? .unseen : nil)
    }
    return try await page(request, standing: try await help.standing(ID(id)))
  }

  /// What is said of a call; of one that reached no officer, what helps instead.
  private func sentences(_ standing: CallStanding, _ words: Words) async throws -> [String] {
    guard standing == .unseen else {
      return [words(MessageKey("accessibility.standing", named: "\(standing.rawValue)-text"))]
    }
    let today = office.zone.date(of: help.clock.now)
    return HelpElsewhere(
      office: try await openings?.hall()?.office, hours: openings?.openingTimes(on: today) ?? [],
      telephone: office.telephone
    ).sentences(words, in: office.zone)
  }

  @Sendable private func call(_ request: Request) async throws -> Response {
    try request.allow(.submit)
    var input = request.form
    field(request.words).check(&input, request.words)
    guard input.isAcceptable, let place = HelpOrigin(rawValue: input[Self.placeField]) else {
      return try await page(request, input: input, status: .unprocessable)
    }
    let call = try await help.requestHelp(at: place.rawValue)
    return .redirect(
      Link("/bantuan-akses").adding(Self.calledField, call.map { String($0.id.rawValue) } ?? Self.unheard))
  }

  private func field(_ words: Words) -> Field {
    let options = HelpOrigin.allCases.map { Field.Option($0.rawValue, HelpOrigin.label($0.rawValue, words)) }
    return .choice(Self.placeField, label: words("accessibility.call.where"), options: options)
  }

  private func page(
    _ request: Request, standing: CallStanding? = nil, input: FormInput = FormInput(), status: Status = .ok
  ) async throws -> Response {
    let words = request.words
    var told: [String] = []
    if let standing { told = try await sentences(standing, words) }
    let title = words("accessibility.title")
    let isHeard = try await help.isHelpHeard()
    let elsewhere = isHeard ? [] : try await sentences(.unseen, words)
    return .page(request, title: title, status: status) {
      pageHeading(title, lead: words("accessibility.lead"))
      if let standing {
        notice(
          standing == .unseen ? .warning : .success,
          title: words(MessageKey("accessibility.standing", named: standing.rawValue)), isNews: true
        ) {
          for sentence in told { p { sentence } }
          if standing == .called {
            p { linkButton(words("accessibility.call.look"), to: request.context.address, icon: .bell) }
          }
        }
      }
      // A call that no officer would see is not offered, nor a second one beside the first.
      if isHeard {
        if standing == nil || standing == .unseen { callCard(input, request) }
      } else if standing != .unseen {
        notice(.info, title: words("accessibility.call.unheard")) { for sentence in elsewhere { p { sentence } } }
      }
      kinds(request.context)
    }
  }

  private func callCard(_ input: FormInput, _ request: Request) -> Node {
    card(title: request.words("accessibility.call.title")) {
      formNode(
        request.context, to: "/bantuan-akses", submission: nil, fields: [field(request.words)], input: input,
        submitLabel: request.words("accessibility.call.submit"))
    }
  }

  /// What help there is, and how it is asked for in this office.
  @NodeBuilder private func kinds(_ context: PageContext) -> Node {
    let words = context.words
    let takesNumbers = context.leads(to: "/antrean")
    list(
      words("accessibility.priority.title"),
      words(takesNumbers ? "accessibility.priority.text" : "accessibility.priority.without-numbers"),
      priorities(words))
    list(
      words("accessibility.assistance.title"),
      words(takesNumbers ? "accessibility.assistance.text" : "accessibility.assistance.without-numbers"),
      assistance(words))
    card(title: words("accessibility.screen.title")) {
      p { words("accessibility.screen.text") }
      if context.leads(to: "/aksesibilitas") { p { words("accessibility.screen.statement") } }
    }
  }

  private func list(_ title: String, _ text: String, _ items: [(name: String, hint: String)]) -> Node {
    card(title: title) {
      p { text }
      ul {
        for item in items {
          li {
            strong { item.name }
            " – \(item.hint)"
          }
        }
      }
    }
  }

  private func priorities(_ words: Words) -> [(name: String, hint: String)] {
    PriorityGroup.allCases.map { group in
      (
        words(MessageKey("need.priority", named: group.rawValue)),
        words(MessageKey("need.priority", named: "\(group.rawValue).hint"))
      )
    }
  }

  private func assistance(_ words: Words) -> [(name: String, hint: String)] {
    Assistance.allCases.map { kind in
      (
        words(MessageKey("need.assistance", named: kind.rawValue)),
        words(MessageKey("need.assistance", named: "\(kind.rawValue).hint"))
      )
    }
  }
}
