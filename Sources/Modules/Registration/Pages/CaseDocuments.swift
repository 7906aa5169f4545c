import Contracts
import Core
import HTML
import Store
import Web

/// The documents of a case, and their opening by an officer.
struct CaseDocuments: Sendable {
  static let purposeField = "tujuan"
  static let documentField = "dokumen"

  let documents: ApplicationDocuments
  let passes: ViewingPasses

  init(documents: ApplicationDocuments) {
    self.documents = documents
    passes = ViewingPasses(clock: documents.applications.clock, random: documents.applications.random)
  }

  /// What an officer may open a document for.
  static func purposes(of rights: Rights?) -> [Purpose] {
    rights?.contains(.dataRights) == true ? [.service, .duplicateCheck, .rights] : [.service, .duplicateCheck]
  }

  static func link(_ number: ApplicationNumber) -> Link { "/petugas/permohonan/\(number)/dokumen" }

  /// Opening leaves an entry in the ledger, so it begins with a POST: no browser does it by looking ahead.
  var routes: [Route] {
    [
      Route(.post, "/petugas/permohonan/:nomor/dokumen", for: .officers(with: .cases)) { try await view($0) },
      // Where another language, or loading a viewer's address anew, leads.
      Route(.get, "/petugas/permohonan/:nomor/dokumen", for: .officers(with: .cases)) { request in
        let page: Link = "/petugas/permohonan"
        return .redirect(page.adding("nomor", request.parameter("nomor")))
      },
      Route(.get, "/petugas/permohonan/:nomor/dokumen/:dokumen", for: .officers(with: .cases), isOnce: true) {
        try await content($0)
      },
    ]
  }

  func entries(of summary: ApplicationSummary) async throws -> [ApplicationDocuments.Entry] {
    try await documents.applications.store.read { try documents.entries(of: summary, in: $0) }
  }

  /// The page around a document; or, before its purpose is given, the question for it.
  private func view(_ request: Request) async throws -> Response {
    guard let number = ApplicationNumber(request.parameter("nomor")),
      let id = Int64(request.form[Self.documentField]).map({ DocumentID($0) }),
      let entries = try await readableEntries(of: number),
      let index = entries.firstIndex(where: { $0.document?.id == id })
    else { throw Problem(.notFound, "document.unknown") }
    var input = request.form
    let purpose = Purpose(rawValue: input[Self.purposeField])
      .flatMap { Self.purposes(of: request.officer?.rights).contains($0) ? $0 : nil }
    if purpose == nil { input.refuse(Self.purposeField, request.words("document.viewer.purpose-missing")) }
    let pass = purpose.map { passes.issue(id, to: request.principal, for: $0) }
    let viewer = DocumentViewer(
      number: number, entries: entries, index: index, pass: pass, input: input, counter: CounterReturn(input),
      context: request.context)
    return Response.page(
      request, title: viewer.title, status: purpose == nil ? .unprocessable : .ok, face: .console
    ) { viewer.node }.showingForeign()
  }

  /// The document itself, recorded before its first byte goes out.
  private func content(_ request: Request) async throws -> Response {
    guard let number = ApplicationNumber(request.parameter("nomor")),
      let id = Int64(request.parameter("dokumen")).map({ DocumentID($0) }),
      try await readableEntries(of: number)?.contains(where: { $0.document?.id == id }) == true
    else { throw Problem(.notFound, "document.unknown") }
    guard let purpose = passes.redeem(request.query("izin") ?? "", for: id, by: request.principal) else {
      throw Problem(.conflict, "document.shown-already")
    }
    let content = try await documents.service.open(id, for: purpose, as: request.principal)
    let type = content.summary.type
    return .foreign(
      content.chunks, byteCount: content.summary.byteCount, mediaType: type.mediaType,
      name: "\(number)-\(id).\(type.fileExtension)", use: type.isPicture ? .picture : .document)
  }

  /// The entries with a document that can be opened, in the order of the page; nil for an unknown application.
  private func readableEntries(of number: ApplicationNumber) async throws -> [ApplicationDocuments.Entry]? {
    try await documents.applications.store.read { snapshot in
      try ApplicationTable.application(number, in: snapshot).map { summary in
        try documents.entries(of: summary, in: snapshot).filter { $0.document?.state.isReadable == true }
      }
    }
  }
}

/// The documents on the case's page: one question for what they are opened, and a button for each.
struct CaseDocumentList {
  let number: ApplicationNumber
  let entries: [ApplicationDocuments.Entry]
  let counter: CounterReturn
  let context: PageContext

  private var words: Words { context.words }
  private var canOpen: Bool { entries.contains { $0.document?.state.isReadable == true } }

  var node: Node {
    card(title: words("document.title")) {
      if canOpen {
        form(.method(.post), .action(CaseDocuments.link(number)), .class("form documents"), .novalidate()) {
          hiddenFields(context, submission: nil)
          counter.hiddenField()
          DocumentViewer.purpose(context).node(FormInput(), words)
          list
        }
      } else {
        list
      }
      p(.class("muted")) { words("document.audited") }
    }
  }

  private var list: Node {
    ul(.class("document-list")) {
      for entry in entries {
        li {
          div {
            h3 { entry.requirement.map { words($0.text) } ?? words("document.other") }
            if let document = entry.document {
              DocumentLine(document: document, words: words).node
            } else {
              p(.class("muted")) { words("document.not-sent") }
            }
          }
          if let document = entry.document, document.state.isReadable {
            button(
              .button(.submit), .class("button secondary"), .name(CaseDocuments.documentField),
              .value(document.id.description)
            ) {
              Icon.eye.node
              words("document.open")
            }
          }
        }
      }
    }
  }
}
