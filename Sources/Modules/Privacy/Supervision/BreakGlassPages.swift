import Civil
import Contracts
import Core
import HTML
import Store
import Web

/// Lets a supervisor open some answers without one of the usual purposes, with a written reason that all supervisors see.
struct BreakGlassPages: Sendable {
  static let link: Link = "/petugas/hak-data/darurat"
  private static let numberField = "nomor"
  private static let whatField = "isian"
  private static let reasonField = "alasan"

  let requests: RightsRequestService

  var routes: [Route] {
    [
      Route(.get, "/petugas/hak-data/darurat", for: .officers(with: .breakGlass)) { show(FormInput(), [], $0) },
      Route(.post, "/petugas/hak-data/darurat", for: .officers(with: .breakGlass), fresh: true) {
        try await open($0)
      },
    ]
  }

  private func open(_ request: Request) async throws -> Response {
    try request.allow(.lookUp)
    var input = request.form
    fields(request.words).check(&input, request.words)
    let number = input.number(of: ApplicationKind.self, in: Self.numberField, request.words)
    let wanted = input.all(Self.whatField).compactMap(PersonalField.init(rawValue:))
    guard let number, input.errors.isEmpty else { return show(input, [], request, status: .unprocessable) }
    let summary = try await requests.application(number)
    guard let summary else {
      input.refuse(Self.numberField, request.words("privacy.glass.unknown"))
      return show(input, [], request, status: .notFound)
    }
    do {
      let reason = Personal(input[Self.reasonField])
      let values = try await values(wanted, of: summary.subject, because: reason, as: request.principal)
      request.note(.glassBroken, ["security.fields": String(values.count)])
      return show(FormInput(), values, request)
    } catch let problem as Problem where problem.code == "vault.reason-missing" {
      input.refuse(Self.reasonField, problem.mend(request.words))
      return show(input, [], request, status: .unprocessable)
    }
  }

  private typealias Value = (field: PersonalField, value: Personal<String>?)

  private func values(
    _ wanted: [PersonalField], of subject: SubjectID, because reason: Personal<String>, as principal: Principal
  ) async throws -> [Value] {
    try await requests.store.write { transaction in
      try open(Biodata.self, wanted, subject, reason, principal, in: transaction)
        + open(Contact.self, wanted, subject, reason, principal, in: transaction)
        + open(TravelDocument.self, wanted, subject, reason, principal, in: transaction)
    }
  }

  private func open<Record: PersonalRecord>(
    _ type: Record.Type, _ wanted: [PersonalField], _ subject: SubjectID, _ reason: Personal<String>,
    _ principal: Principal, in transaction: borrowing Transaction
  ) throws -> [Value] {
    let fields = wanted.filter { $0.record == type.kind }.compactMap { field in
      Record.Field(rawValue: field.recordField).map { (field, $0) }
    }
    guard !fields.isEmpty else { return [] }
    let excerpt = try requests.vault.breakGlass(
      type, fields: Set(fields.map(\.1)), of: subject, because: reason, as: principal, in: transaction)
    return fields.map { ($0.0, excerpt?[$0.1]) }
  }

  private func fields(_ words: Words) -> [Field] {
    [
      .text(Self.numberField, label: words("form.application.number"), kind: .caseNumber),
      .checkboxes(
        Self.whatField, label: words("privacy.glass.what"), hint: words("privacy.glass.what-hint"), required: true,
        options: PersonalField.allCases.map { .init($0.rawValue, words($0.name)) }),
      .text(
        Self.reasonField, label: words("privacy.glass.reason"), hint: words("privacy.glass.reason-hint"),
        kind: .multiline(rows: 4, max: 1000)),
    ]
  }

  private func show(
    _ input: FormInput, _ values: [Value], _ request: Request, status: Status = .ok
  ) -> Response {
    let words = request.words
    return .page(request, title: words("privacy.glass.title"), status: status, face: .console) {
      pageHeading(words("privacy.glass.title"), lead: words("privacy.glass.lead"))
      if values.isEmpty {
        notice(.warning) { p { words("privacy.glass.warning") } }
        formNode(
          request.context, to: Self.link, submission: nil, fields: fields(words), input: input,
          submitLabel: words("privacy.glass.send"))
      } else {
        card(title: words("privacy.glass.opened")) {
          summaryList(values.map { SummaryRow(words($0.field.name), $0.value?.exposed ?? "–") })
          p(.class("muted")) { words("privacy.glass.noted") }
        }
      }
      linkButton(words("privacy.supervision.title"), to: SupervisionPages.link, icon: .back)
    }
    .setting(header: "Cache-Control", "no-store")
  }
}
