internal import Core
internal import HTML
internal import Web

/// `/petugas/pengaduan`: supervisors look at reports, answer them, and see which are late.
struct ComplaintConsolePages: Sendable {
  private static let classField = "jenis"
  private static let refusalField = "alasan"
  private static let replyField = "jawaban"

  let complaints: ComplaintService

  func routes() -> [Route] {
    [
      Route(.get, "/petugas/pengaduan", for: .officers(with: .complaints), list),
      Route(.get, "/petugas/pengaduan/:pengaduan", for: .officers(with: .complaints)) { try await page($0) },
      Route(.post, "/petugas/pengaduan/:pengaduan/verifikasi", for: .officers(with: .complaints), verify),
      Route(.post, "/petugas/pengaduan/:pengaduan/tolak", for: .officers(with: .complaints), refuse)
        .confirmed { try askRefuse($0) },
      Route(.post, "/petugas/pengaduan/:pengaduan/proses", for: .officers(with: .complaints), start),
      Route(.post, "/petugas/pengaduan/:pengaduan/jawab", for: .officers(with: .complaints), answer),
    ]
  }

  @Sendable private func list(_ request: Request) async throws -> Response {
    let list = try await complaints.list()
    let words = request.words
    let now = request.context.now
    let today = request.context.zone.date(of: now)
    let view = ComplaintView(words: words, zone: request.context.zone, rules: complaints.rules)
    let title = words("feedback.console.title")
    return .page(request, title: title, face: .console) {
      pageHeading(title, lead: words("feedback.console.hint"))
      dataTable(
        caption: title,
        columns: ["number", "class", "category", "state", "due"].map {
          words(MessageKey("feedback.column", named: $0))
        },
        rows: list.map { complaint in
          [
            a(.href("/petugas/pengaduan/\(complaint.id)")) { code(.untranslated) { complaint.number.printed } },
            .text(view.name(complaint.kind)),
            .text(words(MessageKey("feedback.category", named: complaint.category.rawValue))),
            view.stateTag(complaint.state(at: now)),
            due(complaint, view, today, now),
          ]
        },
        empty: words("feedback.console.empty"))
    }
  }

  private func due(_ complaint: Complaint, _ view: ComplaintView, _ today: CivilDate, _ now: Instant) -> Node {
    let deadlines = view.deadlines(complaint, at: now)
    guard !deadlines.isEmpty else { return .text(view.words("feedback.results.none")) }
    return fragment {
      for deadline in deadlines {
        div {
          "\(deadline.label): \(view.words.date(deadline.day))"
          if deadline.day < today || complaint.receivedAt.isYetToCome(at: now) {
            " "
            tag(view.words("feedback.console.late"), .error)
          }
        }
      }
    }
  }

  // MARK: One report

  @Sendable private func verify(_ request: Request) async throws -> Response {
    let id = try id(request)
    guard let kind = ComplaintClass(rawValue: request.form[Self.classField]) else {
      return try await refusing(request, Self.classField, "feedback.console.choose-class")
    }
    try await complaints.verify(id, as: kind, by: request.principal)
    return back(id)
  }

  @Sendable private func refuse(_ request: Request) async throws -> Response {
    let id = try id(request)
    guard let refusal = ComplaintRefusal(rawValue: request.form[Self.refusalField]) else {
      return try await refusing(request, Self.refusalField, "feedback.console.choose-reason")
    }
    try await complaints.refuse(id, because: refusal, by: request.principal)
    return back(id)
  }

  /// Nothing is asked where no reason was chosen: the form says so.
  private func askRefuse(_ request: Request) throws -> Confirmation? {
    let id = try id(request)
    guard let refusal = ComplaintRefusal(rawValue: request.form[Self.refusalField]) else { return nil }
    let words = request.words
    return Confirmation(
      title: words("feedback.console.refuse-title"),
      consequences: [words("feedback.console.refuse-ends"), words("feedback.console.refuse-told")],
      facts: summaryList([
        SummaryRow(words("feedback.column.refusal"), words(MessageKey("feedback.refusal", named: refusal.rawValue)))
      ]),
      submitLabel: words("feedback.console.refuse-submit"), back: "/petugas/pengaduan/\(id)")
  }

  @Sendable private func start(_ request: Request) async throws -> Response {
    let id = try id(request)
    try await complaints.start(id, by: request.principal)
    return back(id)
  }

  @Sendable private func answer(_ request: Request) async throws -> Response {
    let id = try id(request)
    var input = request.form
    replyField(request.words).check(&input, request.words)
    guard input.isAcceptable else { return try await page(request, input: input, status: .unprocessable) }
    try await complaints.answer(id, reply: Personal(input[Self.replyField]), by: request.principal)
    return back(id)
  }

  private func refusing(_ request: Request, _ field: String, _ message: MessageKey) async throws -> Response {
    var input = request.form
    input.refuse(field, request.words(message))
    return try await page(request, input: input, status: .unprocessable)
  }

  private func id(_ request: Request) throws -> Int64 {
    guard let id = Int64(request.parameter("pengaduan")) else { throw Problem(.notFound, "feedback.unknown-complaint") }
    return id
  }

  private func back(_ id: Int64) -> Response { .redirect("/petugas/pengaduan/\(id)") }

  private func page(
    _ request: Request, input: FormInput = FormInput(), status: Status = .ok
  ) async throws -> Response {
    let (progress, content) = try await complaints.open(try id(request), as: request.principal)
    let words = request.words
    let view = ComplaintView(words: words, zone: request.context.zone, rules: complaints.rules)
    let now = request.context.now
    let title = words("feedback.console.one", ["number": progress.complaint.number.printed])
    return .page(request, title: title, status: status, face: .console) {
      pageHeading(view.name(progress.complaint.kind), eyebrow: title)
      card { summaryList(view.rows(progress.complaint, at: now)) }
      said(words("feedback.console.text"), content.text)
      said(words("feedback.console.contact"), content.contact)
      said(words("feedback.status.reply"), content.reply)
      said(words("feedback.status.objection"), content.objection)
      steps(request, progress.complaint, input)
      card(title: words("feedback.status.way")) { view.way(progress, at: now) }
      p { linkButton(words("feedback.back"), to: "/petugas/pengaduan") }
    }
    .setting(header: "Cache-Control", "no-store")
  }

  @NodeBuilder private func said(_ title: String, _ text: Personal<String>?) -> Node {
    if let text { card(title: title) { p(.class("typed")) { text.exposed } } }
  }

  /// What can be done now.
  @NodeBuilder private func steps(_ request: Request, _ complaint: Complaint, _ input: FormInput) -> Node {
    let words = request.words
    let state = complaint.state(at: request.context.now)
    if state.after(.verify) != nil {
      form(request, complaint, "verifikasi", classField(words), input, words("feedback.console.verify"))
    }
    if state.after(.refuse) != nil {
      form(
        request, complaint, "tolak", refusalField(words), input, words("feedback.console.refuse"), style: .danger)
    }
    if state.after(.start) != nil {
      actionButton(
        request.context, to: "/petugas/pengaduan/\(complaint.id)/proses", label: words("feedback.console.start"))
    }
    if state.after(.answer) != nil {
      form(request, complaint, "jawab", replyField(words), input, words("feedback.console.answer"))
    }
  }

  private func form(
    _ request: Request, _ complaint: Complaint, _ step: String, _ field: Field, _ input: FormInput, _ label: String,
    style: ButtonStyle = .primary
  ) -> Node {
    let present = FormInput([FormInput.Entry(Self.classField, complaint.kind.rawValue)])
    let own = input.error(field.name) == nil ? present : input
    return card(title: label) {
      formNode(
        request.context, to: "/petugas/pengaduan/\(complaint.id)/\(step)", submission: nil, fields: [field], input: own,
        submitLabel: label, style: style)
    }
  }

  private func classField(_ words: Words) -> Field {
    .choice(
      Self.classField, label: words("feedback.column.class"),
      options: ComplaintClass.allCases.map {
        Field.Option($0.rawValue, words(MessageKey("feedback.class", named: $0.rawValue)))
      })
  }

  private func refusalField(_ words: Words) -> Field {
    .choice(
      Self.refusalField, label: words("feedback.column.refusal"),
      options: ComplaintRefusal.allCases.map {
        Field.Option($0.rawValue, words(MessageKey("feedback.refusal", named: $0.rawValue)))
      })
  }

  private func replyField(_ words: Words) -> Field {
    .text(
      Self.replyField, label: words("feedback.console.reply"), hint: words("feedback.console.reply-hint"),
      kind: .multiline(rows: 8, max: ComplaintReport.textCharacterCountMax))
  }
}
