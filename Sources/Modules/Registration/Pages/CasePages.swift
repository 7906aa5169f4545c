import Contracts
import Core
import HTML
import Store
import Web

/// Opens an application for an officer, who looks it up by its number.
///
/// Opening leaves audit rows, so it is a POST: no browser does it by looking ahead.
struct CasePages: Sendable {
  private static let numberField = "nomor"

  let applications: Applications
  let documents: CaseDocuments?
  let handsOutCodes: Bool
  let papers: (any PaperLinks)?

  var routes: [Route] {
    [
      Route(.get, "/petugas/permohonan", for: .officers(with: .cases)) { request in
        form(FormInput(prefilled: [Self.numberField: request.query("nomor") ?? ""]), request, status: .ok)
      },
      Route(.post, "/petugas/permohonan", for: .officers(with: .cases), isLookUp: true) { try await open($0) },
    ]
  }

  private func open(_ request: Request) async throws -> Response {
    var input = request.form
    let principal = request.principal
    if let paper = PaperCode(scanned: input[Self.numberField]),
      case .application(let number)? = try await papers?.subject(of: paper)
    {
      input = FormInput(
        input.entries.map { $0.name == Self.numberField ? .init($0.name, number.description) : $0 })
    }
    guard let number = input.number(of: ApplicationKind.self, in: Self.numberField, request.words) else {
      return form(input, request, status: .unprocessable)
    }
    let opened = try await applications.store.write { transaction in
      try applications.caseFile(number, for: .service, as: principal, in: transaction).map { file in
        (file: file, agreed: try applications.agreed(of: file.summary, in: transaction))
      }
    }
    guard let (file, agreed) = opened else {
      let ending = try await applications.store.read { try applications.application(number, in: $0)?.ending }
      let key = ending.map { MessageKey("registration.case-ended", named: $0.rawValue) } ?? "registration.case.unknown"
      input.refuse(Self.numberField, request.words(key))
      return form(input, request, status: .notFound)
    }
    let page = CasePage(
      file: file, service: applications.catalogue?.service(file.summary.service),
      entries: try await documents?.entries(of: file.summary) ?? [], agreed: agreed,
      handsOutCodes: handsOutCodes, counter: CounterReturn(input), context: request.context)
    return Response.page(request, title: page.title, face: .console) { page.node }
      .setting(header: "Cache-Control", "no-store").showingForeign()
  }

  private func form(_ input: FormInput, _ request: Request, status: Status) -> Response {
    let words = request.words
    return .page(request, title: words("registration.case.look-up"), status: status, face: .console) {
      pageHeading(words("registration.case.look-up"), lead: words("registration.case.lead"))
      CaseLookUp(context: request.context).node(input)
    }
    // The script puts the case into this page, where its documents are shown then.
    .showingForeign()
  }
}

/// The question for a number.
struct CaseLookUp {
  let context: PageContext

  func node(_ input: FormInput) -> Node {
    let words = context.words
    return formNode(
      context, to: "/petugas/permohonan", submission: nil,
      fields: [
        .text(
          "nomor", label: words("registration.case.number"), hint: words("registration.case.number-hint"),
          kind: .caseNumber)
      ],
      input: input, submitLabel: words("registration.case.open"))
  }
}

/// One application with the person's answers, as the officer sees it.
struct CasePage {
  let file: CaseFile
  let service: OfferedService?
  let entries: [ApplicationDocuments.Entry]
  /// What the person may be contacted for besides, at this moment; nil where no module keeps what people agree to.
  let agreed: Set<ConsentMatter>?
  let handsOutCodes: Bool
  let counter: CounterReturn
  let context: PageContext

  private var words: Words { context.words }

  private static let rights: Link = "/petugas/permintaan-data"

  /// The number, not the name: titles stand in tabs and histories.
  var title: String { words("registration.case.title", ["number": file.summary.number.printed]) }

  var node: Node {
    fragment {
      pageHeading(title, eyebrow: service.map { words($0.name) } ?? file.summary.service.rawValue)
      if counter.number != nil { p { counter.link(context) } }
      if !file.findings.isEmpty {
        notice(.warning, title: words("registration.case.findings")) {
          ul { for finding in file.findings { li { words(finding) } } }
        }
      }
      // From a counter, where the answers stand already, an officer comes for the documents.
      if counter.number == nil { answers }
      documents
      if counter.number != nil { answers }
      if let agreed { contact(agreed) }
      if handsOutCodes { CodePages.form(for: file.summary.number, context) }
      AcquaintancePages.form(for: file.summary.number, context)
      card(title: words("registration.case.application")) {
        summaryList([
          SummaryRow(
            words("registration.case.registered"), words.longDate(context.zone.date(of: file.summary.registeredAt))),
          SummaryRow(words("registration.fee"), file.summary.fee.description),
        ])
      }
      p(.class("muted")) { words("registration.case.audited") }
      div(.class("actions")) {
        linkButton(words("registration.case.another"), to: "/petugas/permohonan", icon: .search)
        if context.leads(to: Self.rights), context.officer?.rights.contains(.requests) == true {
          linkButton(words("registration.case.rights"), to: Self.rights, icon: .lock)
        }
      }
    }
  }

  private var answers: Node {
    card(title: words("registration.case.answers")) {
      summaryList(file.lines.map { SummaryRow(words($0.label), words($0)) })
    }
  }

  @NodeBuilder private var documents: Node {
    if !entries.isEmpty {
      CaseDocumentList(number: file.summary.number, entries: entries, counter: counter, context: context).node
    }
  }

  /// An officer who telephones must know it, as a program that sends must (UU 27/2022, articles 9 and 40).
  private func contact(_ agreed: Set<ConsentMatter>) -> Node {
    card(title: words("registration.case.contact")) {
      p { words("registration.case.contact-lead") }
      summaryList(
        ConsentMatter.allCases.map { matter in
          SummaryRow(
            words(MessageKey("privacy.consent-name", named: matter.rawValue)),
            node: agreed.contains(matter)
              ? tag(words("registration.case.contact-allowed"), .success)
              : tag(words("registration.case.contact-refused"), .warning))
        })
    }
  }
}
