internal import Contracts
internal import Core
internal import HTML
internal import Web

/// `/bantuan-akses`: what help there is, in plain words, and a way to call an officer in the hall.
struct HelpPages: Sendable {
  private static let placeField = "tempat"

  let desk: HelpDesk

  func routes() -> [Route] {
    [
      Route(.get, "/bantuan-akses", for: .everyone) { page($0, isCalled: $0.query("dipanggil") == "ya") },
      Route(.post, "/bantuan-akses", for: .everyone, call),
    ]
  }

  @Sendable private func call(_ request: Request) async throws -> Response {
    try request.allow(.submit)
    var input = request.form
    field(request.words).check(&input, request.words)
    guard input.isAcceptable, let place = HallPlace(rawValue: input[Self.placeField]) else {
      return page(request, input: input, status: .unprocessable)
    }
    _ = try await desk.requestHelp(at: place.rawValue)
    return .redirect("/bantuan-akses?dipanggil=ya")
  }

  private func field(_ words: Words) -> Field {
    let options = HallPlace.allCases.map { Field.Option($0.rawValue, HallPlace.label($0.rawValue, words)) }
    return .choice(Self.placeField, label: words("accessibility.call.where"), options: options)
  }

  private func page(
    _ request: Request, isCalled: Bool = false, input: FormInput = FormInput(), status: Status = .ok
  ) -> Response {
    let words = request.words
    let title = words("accessibility.title")
    return .page(request, title: title, status: status) {
      pageHeading(title, lead: words("accessibility.lead"))
      if isCalled {
        notice(.success, title: words("accessibility.called.title"), isNews: true) {
          p { words("accessibility.called.text") }
        }
      }
      card(title: words("accessibility.call.title")) {
        formNode(
          request.context, to: "/bantuan-akses", submission: nil, fields: [field(words)], input: input,
          submitLabel: words("accessibility.call.submit"))
      }
      list(words("accessibility.priority.title"), words("accessibility.priority.text"), priorities(words))
      list(words("accessibility.assistance.title"), words("accessibility.assistance.text"), assistance(words))
      card(title: words("accessibility.screen.title")) { p { words("accessibility.screen.text") } }
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
