internal import Core
internal import HTML
internal import Web

/// `/pengaduan/status`: who sent a report follows it by its number, and says whether the answer is enough.
struct ComplaintStatusPages: Sendable {
  private static let numberField = "nomor"
  private static let objectionField = "tanggapan"
  /// Enough to say what is missing.
  private static let objectionCharacterCountMax = 2000

  let desk: ComplaintDesk

  func routes() -> [Route] {
    [
      Route(.get, "/pengaduan/status", for: .everyone, show),
      Route(.post, "/pengaduan/status", for: .everyone, isLookUp: true, lookUp),
      Route(.post, "/pengaduan/selesai", for: .everyone, close).confirmed { askClose($0) },
      Route(.post, "/pengaduan/buka-kembali", for: .everyone, reopen),
    ]
  }

  /// The number may stand in the address: after sending, and in a kept bookmark.
  @Sendable private func show(_ request: Request) async throws -> Response {
    guard let text = request.query(Self.numberField) else { return form(request) }
    return try await answer(request, FormInput([.init(Self.numberField, text)]))
  }

  @Sendable private func lookUp(_ request: Request) async throws -> Response { try await answer(request, request.form) }

  private func answer(_ request: Request, _ sent: FormInput) async throws -> Response {
    try request.allow(.lookUp)
    var input = sent
    field(request.words).check(&input, request.words)
    guard input.isAcceptable else { return form(request, input, .unprocessable) }
    guard let number = ComplaintNumber(input[Self.numberField]) else {
      input.refuse(Self.numberField, request.words("feedback.status.mistyped"))
      return form(request, input, .unprocessable)
    }
    guard let progress = try await desk.progress(number) else {
      input.refuse(Self.numberField, request.words("feedback.status.unknown"))
      return form(request, input, .notFound)
    }
    return page(request, progress)
  }

  @Sendable private func close(_ request: Request) async throws -> Response {
    let number = try number(request)
    try await desk.close(number)
    return status(number)
  }

  private func askClose(_ request: Request) -> Confirmation {
    let words = request.words
    let link: Link = "/pengaduan/status"
    return Confirmation(
      title: words("feedback.status.close-title"), consequences: [words("feedback.status.close-ends")],
      submitLabel: words("feedback.status.close"), back: link.adding("nomor", request.form[Self.numberField]))
  }

  @Sendable private func reopen(_ request: Request) async throws -> Response {
    let number = try number(request)
    var input = request.form
    objection(request.words).check(&input, request.words)
    guard input.isAcceptable else {
      guard let progress = try await desk.progress(number) else {
        throw Problem(.notFound, "feedback.unknown-complaint")
      }
      return page(request, progress, input: input, status: .unprocessable)
    }
    try await desk.reopen(number, objection: Personal(input[Self.objectionField]))
    return status(number)
  }

  private func number(_ request: Request) throws -> ComplaintNumber {
    try request.allow(.lookUp)
    guard let number = ComplaintNumber(request.form[Self.numberField]) else {
      throw Problem(.notFound, "feedback.unknown-complaint")
    }
    return number
  }

  private func status(_ number: ComplaintNumber) -> Response {
    let link: Link = "/pengaduan/status"
    return .redirect(link.adding("nomor", number.description))
  }

  private func field(_ words: Words) -> Field {
    .text(
      Self.numberField, label: words("feedback.status.number"), hint: words("feedback.status.number-hint"), kind: .code)
  }

  private func objection(_ words: Words) -> Field {
    .text(
      Self.objectionField, label: words("feedback.status.objection"),
      kind: .multiline(rows: 4, max: Self.objectionCharacterCountMax))
  }

  // MARK: Pages

  private func form(_ request: Request, _ input: FormInput = FormInput(), _ status: Status = .ok) -> Response {
    let words = request.words
    let title = words("feedback.status.title")
    return .page(request, title: title, status: status) {
      pageHeading(title, lead: words("feedback.status.lead"))
      formNode(
        request.context, to: "/pengaduan/status", submission: nil, fields: [field(words)], input: input,
        submitLabel: words("feedback.status.submit"))
    }
  }

  private func page(
    _ request: Request, _ progress: ComplaintDesk.Progress, input: FormInput = FormInput(), status: Status = .ok
  ) -> Response {
    let words = request.words
    let complaint = progress.complaint
    let state = complaint.state(at: request.context.now)
    let title = words("feedback.status.title")
    return .page(request, title: title, status: status) {
      pageHeading(title)
      // Only while it is: a bookmark of this address outlives the news.
      if request.query("baru") == "ya", state == .received {
        notice(.success, title: words("feedback.status.new"), isNews: true) { p { words("feedback.status.keep") } }
      }
      keepCode(complaint.number.description, label: words("feedback.status.number"))
      summaryList(ComplaintView(words: words, zone: request.context.zone).rows(complaint, at: request.context.now))
      if let reply = progress.reply {
        card(title: words("feedback.status.reply")) { p(.class("typed")) { reply.exposed } }
      }
      if state == .answered { response(request, complaint, input) }
      card(title: words("feedback.status.way")) {
        ComplaintView(words: words, zone: request.context.zone).way(progress, at: request.context.now)
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
