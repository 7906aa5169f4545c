internal import Contracts
internal import Core
internal import HTML
internal import Web

/// `/pengaduan/status`: the sender of a report follows it by its number and PIN, and says whether the answer is enough.
struct ComplaintStatusPages: Sendable {
  private static let numberField = "nomor"
  private static let objectionField = "tanggapan"
  /// Enough to say what is missing.
  private static let objectionCharacterCountMax = 2000

  private static let pinField = "pin"
  private static let cookie: StaticString = "laporan"

  let complaints: ComplaintService
  let pass: CasePass

  func routes() -> [Route] {
    [
      Route(.get, "/pengaduan/status", for: .everyone, show),
      Route(.post, "/pengaduan/status", for: .everyone, lookUp),
      Route(.post, "/pengaduan/selesai", for: .everyone, close).confirmed { try askClose($0) },
      Route(.post, "/pengaduan/buka-kembali", for: .everyone, reopen),
    ]
  }

  /// The number may stand in the address; what it names is shown to a person who has sent the report in this browser or has
  /// given its PIN.
  @Sendable private func show(_ request: Request) async throws -> Response {
    let typed = request.query(Self.numberField) ?? ""
    guard let number = ComplaintNumber(typed), isGiven(in: request, for: number),
      let progress = try await complaints.progress(number)
    else { return form(request.words).page(request, FormInput(prefilled: [Self.numberField: typed])) }
    return page(request, progress)
  }

  @Sendable private func lookUp(_ request: Request) async throws -> Response {
    try request.allow(.lookUp)
    let form = form(request.words)
    var input = request.form
    let number = input.number(of: ComplaintKind.self, in: Self.numberField, request.words)
    form.fields.check(&input, request.words)
    guard let number, input.errors.isEmpty else { return form.page(request, input, status: .unprocessable) }
    let pin = Personal(input[Self.pinField])
    return try await form.answer(request, input) {
      try await complaints.prove(number, pin, from: request.client)
      return entering(number)
    }
  }

  /// Opens the report in this browser for a while.
  func entering(_ number: ComplaintNumber, isNew: Bool = false) -> Response {
    let link: Link = "/pengaduan/status"
    let page = link.adding("nomor", number.description)
    return Response.redirect(isNew ? page.adding("baru", "ya") : page)
      .setting(Cookie(Self.cookie, pass.issue(for: number), secondsToLive: Int(pass.lifetime.components.seconds)))
  }

  private func isGiven(in request: Request, for number: ComplaintNumber) -> Bool {
    pass.holds(request.cookie(Self.cookie), for: number)
  }

  @Sendable private func close(_ request: Request) async throws -> Response {
    let number = try number(request)
    try await complaints.close(number)
    return status(number)
  }

  private func askClose(_ request: Request) throws -> Confirmation {
    let number = try number(request)
    let words = request.words
    let link: Link = "/pengaduan/status"
    return Confirmation(
      title: words("feedback.status.close-title"), consequences: [words("feedback.status.close-ends")],
      submitLabel: words("feedback.status.close"), back: link.adding("nomor", number.description))
  }

  @Sendable private func reopen(_ request: Request) async throws -> Response {
    let number = try number(request)
    var input = request.form
    objection(request.words).check(&input, request.words)
    guard input.isAcceptable else {
      guard let progress = try await complaints.progress(number) else {
        throw Problem(.notFound, "feedback.unknown-complaint")
      }
      return page(request, progress, input: input, status: .unprocessable)
    }
    try await complaints.reopen(number, objection: Personal(input[Self.objectionField]))
    return status(number)
  }

  private func number(_ request: Request) throws -> ComplaintNumber {
    try request.allow(.lookUp)
    guard let number = ComplaintNumber(request.form[Self.numberField]), isGiven(in: request, for: number) else {
      throw Problem(.forbidden, "feedback.pass-expired")
    }
    return number
  }

  private func status(_ number: ComplaintNumber) -> Response {
    let link: Link = "/pengaduan/status"
    return .redirect(link.adding("nomor", number.description))
  }

  private func form(_ words: Words) -> LookUpForm {
    LookUpForm(
      to: "/pengaduan/status", wanted: .complaint, title: words("feedback.status.title"),
      lead: words("feedback.status.lead"),
      fields: [
        .text(
          Self.numberField, label: words("feedback.status.number"), hint: words("feedback.status.number-hint"),
          kind: .caseNumber),
        .text(
          Self.pinField, label: words("form.pin.label"), hint: words("form.pin.hint"),
          kind: .grouped(digits: CasePIN.digitCount)),
      ], submitLabel: words("feedback.status.submit"))
  }

  private func objection(_ words: Words) -> Field {
    .text(
      Self.objectionField, label: words("feedback.status.objection"),
      kind: .multiline(rows: 4, max: Self.objectionCharacterCountMax))
  }

  // MARK: Pages

  private func page(
    _ request: Request, _ progress: ComplaintService.Progress, input: FormInput = FormInput(), status: Status = .ok
  ) -> Response {
    let words = request.words
    let complaint = progress.complaint
    let state = complaint.state(at: request.context.now)
    let title = words("feedback.status.title")
    let view = ComplaintView(words: words, zone: request.context.zone, rules: complaints.rules)
    return .page(request, title: title, status: status) {
      pageHeading(title)
      // Only while it is: a bookmark of this address outlives the news.
      if request.query("baru") == "ya", state == .received {
        notice(.success, title: words("feedback.status.new"), isNews: true) { p { words("feedback.status.keep") } }
      }
      keepCode(complaint.number.printed, label: words("feedback.status.number"))
      if request.query("baru") == "ya" {
        keepCode(complaints.pins.digits(of: complaint.number), label: words("form.pin.label"))
      }
      summaryList(view.rows(complaint, at: request.context.now))
      if let reply = progress.reply {
        card(title: words("feedback.status.reply")) { p(.class("typed")) { reply.exposed } }
      }
      if state == .answered { response(request, complaint, input) }
      card(title: words("feedback.status.way")) {
        view.way(progress, at: request.context.now)
      }
    }
    .setting(header: "Cache-Control", "no-store")
  }

  private func response(_ request: Request, _ complaint: Complaint, _ input: FormInput) -> Node {
    let words = request.words
    return card(title: words("feedback.status.enough")) {
      if let end = complaint.replyEnd {
        p { words("feedback.status.until", ["date": words.date(request.context.zone.date(of: end))]) }
      }
      actionButton(
        request.context, to: "/pengaduan/selesai", label: words("feedback.status.close"), style: .primary,
        fields: ["nomor": complaint.number.description])
      formNode(
        request.context, to: "/pengaduan/buka-kembali", submission: nil,
        fields: [.hidden(Self.numberField, complaint.number.description), objection(words)], input: input,
        submitLabel: words("feedback.status.reopen"))
    }
  }
}
