internal import Contracts
internal import Core
internal import HTML
internal import Web

/// `/pengaduan`: a person complains, makes a suggestion or asks for information.
struct ComplaintPages: Sendable {
  private static let classField = "jenis"
  private static let categoryField = "tentang"
  private static let textField = "isi"
  private static let contactField = "kontak"

  let complaints: ComplaintService
  let random: any RandomSource
  let pass: CasePass

  func routes() -> [Route] {
    [
      Route(.get, "/pengaduan", for: .everyone) { page($0) },
      Route(.post, "/pengaduan", for: .everyone, givesWay: true, send),
    ] + ComplaintStatusPages(complaints: complaints, pass: pass).routes()
  }

  @Sendable private func send(_ request: Request) async throws -> Response {
    try request.allow(.submit)
    var input = request.form
    fields(request).check(&input, request.words)
    guard input.isAcceptable, let kind = ComplaintClass(rawValue: input[Self.classField]),
      let category = ComplaintCategory(rawValue: input[Self.categoryField])
    else { return page(request, input: input, status: .unprocessable) }
    let contact = input[Self.contactField]
    let number = try await complaints.receive(
      ComplaintReport(
        kind: kind, category: category, text: Personal(input[Self.textField]),
        contact: contact.isEmpty ? nil : Personal(contact), submission: input.submission))
    return ComplaintStatusPages(complaints: complaints, pass: pass).entering(number, isNew: true)
  }

  /// How many working days it takes to answer a report of that class that comes now.
  private func dayCount(_ kind: ComplaintClass, _ request: Request) -> String {
    let deadlines = complaints.rules.deadlines(on: request.context.zone.date(of: request.context.now))
    return String(deadlines.answerWorkingDayCounts[kind] ?? 0)
  }

  private func fields(_ request: Request) -> [Field] {
    let words = request.words
    let classes = ComplaintClass.offered.map { kind in
      Field.Option(
        kind.rawValue, words(MessageKey("feedback.class", named: kind.rawValue)),
        hint: words(
          MessageKey("feedback.class", named: "\(kind.rawValue)-hint"), ["days": dayCount(kind, request)]))
    }
    let categories = ComplaintCategory.allCases.map {
      Field.Option($0.rawValue, words(MessageKey("feedback.category", named: $0.rawValue)))
    }
    return [
      .choice(Self.classField, label: words("feedback.complaint.class"), options: classes),
      .select(
        Self.categoryField, label: words("feedback.complaint.category"),
        hint: words("feedback.complaint.category-hint", ["days": dayCount(.supervision, request)]), options: categories),
      .text(
        Self.textField, label: words("feedback.complaint.text"), hint: words("feedback.complaint.text-hint"),
        kind: .multiline(rows: 8, max: ComplaintReport.textCharacterCountMax)),
      .text(
        Self.contactField, label: words("feedback.complaint.contact"), hint: words("feedback.complaint.contact-hint"),
        required: false, kind: .short(ComplaintReport.contactCharacterCountMax)),
    ]
  }

  private func page(_ request: Request, input: FormInput = FormInput(), status: Status = .ok) -> Response {
    let words = request.words
    let title = words("feedback.complaint.title")
    return .page(request, title: title, status: status) {
      pageHeading(title, lead: words("feedback.complaint.lead"))
      p { linkButton(words("feedback.status.title"), to: "/pengaduan/status", icon: .search) }
      if complaints.isOpen {
        formNode(
          request.context, to: "/pengaduan", submission: PublicCode(from: random).description, fields: fields(request),
          input: input, submitLabel: words("feedback.complaint.submit"))
        promises(request)
      } else {
        notice(.warning) { p { words("problem.feedback.no-vault.mend") } }
      }
    }
  }

  /// How soon there will be an answer, and by which rule.
  private func promises(_ request: Request) -> Node {
    let words = request.words
    let basis = complaints.rules.deadlines(on: request.context.zone.date(of: request.context.now)).legalBasis
    return card(title: words("feedback.complaint.when")) {
      ul {
        for kind in ComplaintClass.allCases {
          li {
            words(
              "feedback.complaint.days",
              [
                "class": words(MessageKey("feedback.class", named: kind.rawValue)),
                "days": dayCount(kind, request),
              ])
          }
        }
      }
      p(.class("muted")) { words("feedback.complaint.basis", ["basis": basis]) }
    }
  }
}
