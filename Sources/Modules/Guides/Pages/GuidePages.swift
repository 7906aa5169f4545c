internal import Contracts
internal import Core
internal import HTML
internal import Web

/// Questions and answers, the accessibility statement, the privacy page, how people prove who they are, and the search over
/// all of them; and how officers sign in.
struct GuidePages: Sendable {
  static let searchField = "cari"
  private static let questionCharacterCountMax = 100

  let guides: GuideTexts
  let catalogue: (any CatalogueService)?

  func routes() -> [Route] {
    [
      Route(.get, "/tanya-jawab", for: .everyone) { show(.questions, $0) },
      Route(.get, "/aksesibilitas", for: .everyone) { show(.accessibility, $0) },
      Route(.get, "/privasi", for: .everyone) { show(.privacy, $0) },
      Route(.get, "/cara-membuktikan", for: .everyone) { show(.proof, $0) },
      // For everyone: an officer who cannot sign in needs it most.
      Route(.get, "/petugas/petunjuk", for: .everyone) { show(.officers, $0) },
      Route(.get, "/cari", for: .everyone) { page(FormInput(), nil, $0) },
      // Sent, because people type numbers and names into every box, and an address is kept by many.
      Route(.post, "/cari", for: .everyone, isLookUp: true) { search($0) },
    ]
  }

  // MARK: A text

  private func show(_ page: GuidePage, _ request: Request) -> Response {
    guard let guide = texts(for: request.context)[page] else {
      return .problem(Problem(.notFound, "not-found"), request)
    }
    let words = request.words
    return .page(request, title: words(guide.title), face: face(of: page, request)) {
      pageHeading(words(guide.title), lead: words(guide.lead))
      if page == .questions { searchForm(FormInput(), request) }
      contents(guide, words)
      for (place, section) in guide.sections.enumerated() { part(section, place, words) }
      if page != .questions, page != .officers { officeCard(request.context) }
    }
  }

  private func face(of page: GuidePage, _ request: Request) -> Face {
    guard page == .officers else { return .portal }
    return request.officer == nil ? .plain : .console
  }

  /// The texts without what they say of modules that are switched off. The home page belongs to none.
  private func texts(for context: PageContext) -> GuideTexts {
    guides.limited { path in path == "/" || (Link(localPath: path).map(context.leads) ?? false) }
  }

  private func contents(_ guide: Guide, _ words: Words) -> Node {
    nav(.class("contents"), .aria("label", words("guides.contents"))) {
      ul {
        for (place, section) in guide.sections.enumerated() {
          li { a(.href(.fragment(GuidePage.anchor(place)))) { words(section.heading) } }
        }
      }
    }
  }

  private func part(_ section: Guide.Section, _ place: Int, _ words: Words) -> Node {
    HTML.section(.class("card guide"), .id(GuidePage.anchor(place))) {
      h2 { words(section.heading) }
      for paragraph in section.paragraphs { p { words(paragraph.text) } }
      if !section.points.isEmpty { ul { for point in section.points { li { words(point.text) } } } }
      if let link = section.link, let target = Link(localPath: link.path) {
        p { linkButton(words(link.label), to: target, icon: .arrow) }
      }
    }
  }

  // MARK: Searching

  private func field(_ words: Words) -> Field {
    .text(
      Self.searchField, label: words("guides.search.label"), hint: words("guides.search.hint"),
      kind: .short(Self.questionCharacterCountMax))
  }

  private func searchForm(_ input: FormInput, _ request: Request) -> Node {
    formNode(
      request, to: "/cari", submission: nil, fields: [field(request.words)], input: input,
      submitLabel: request.words("guides.search.submit"))
  }

  private func search(_ request: Request) -> Response {
    var input = request.form
    field(request.words).check(&input, request.words)
    guard input.isAcceptable else { return page(input, nil, request, status: .unprocessable) }
    let index = SearchIndex(texts(for: request.context), catalogue, request.context)
    return page(input, index.results(for: input[Self.searchField]), request)
  }

  private func page(
    _ input: FormInput, _ results: [SearchIndex.Entry]?, _ request: Request, status: Status = .ok
  ) -> Response {
    let words = request.words
    return .page(request, title: words("guides.search.title"), status: status) {
      pageHeading(words("guides.search.title"))
      searchForm(input, request)
      if let results { found(results, request) }
    }
  }

  @NodeBuilder private func found(_ results: [SearchIndex.Entry], _ request: Request) -> Node {
    let words = request.words
    if results.isEmpty {
      notice(.info, title: words("guides.search.none"), isNews: true) {
        p { words("guides.search.none-text") }
        if request.context.leads(to: "/layanan") { p { linkButton(words("guides.search.all"), to: "/layanan") } }
      }
    } else {
      h2(.role("status")) { words("guides.search.found", ["count": String(results.count)]) }
      cardGrid(results.map { linkCard($0.title, to: $0.link, text: shortened($0.text)) })
    }
  }

  /// The beginning of a text, long enough to tell whether it is the right one.
  private func shortened(_ text: String) -> String {
    text.count <= 160 ? text : String(text.prefix(150)) + "…"
  }
}

extension GuidePage {
  static func anchor(_ place: Int) -> String { "bagian-\(place + 1)" }

  private var path: Link {
    switch self {
    case .questions: "/tanya-jawab"
    case .accessibility: "/aksesibilitas"
    case .privacy: "/privasi"
    case .proof: "/cara-membuktikan"
    case .officers: "/petugas/petunjuk"
    }
  }

  /// A section of it.
  func link(to place: Int) -> Link { path.going(to: Self.anchor(place)) }
}
