import Contracts
import Core
import HTML
import Store
import Web

/// The documents of a case, and their opening by an officer.
struct CaseDocuments: Sendable {
  let documents: ApplicationDocuments

  /// Opening leaves an entry in the ledger, so it is a POST: no browser does it by looking ahead.
  var routes: [Route] {
    [
      Route(.post, "/petugas/permohonan/:nomor/dokumen/:dokumen", for: .officers(atLeast: .clerk)) {
        try await open($0)
      }
    ]
  }

  func places(of summary: ApplicationSummary) async throws -> [ApplicationDocuments.Place] {
    try await documents.applications.store.read { try documents.places(of: summary, in: $0) }
  }

  private func open(_ request: Request) async throws -> Response {
    guard let number = ApplicationNumber(request.parameter("nomor")),
      let id = Int64(request.parameter("dokumen")).map({ DocumentID($0) }),
      try await belongs(id, to: number)
    else { throw Problem(.notFound, "document.unknown") }
    let content = try await documents.service.open(id, for: .service, as: request.principal)
    let type = content.summary.type
    return .foreign(
      content.chunks, byteCount: content.summary.byteCount, mediaType: type.mediaType,
      name: "\(number)-\(id).\(type.fileExtension)", isShown: type.isPicture)
  }

  private func belongs(_ id: DocumentID, to number: ApplicationNumber) async throws -> Bool {
    try await documents.applications.store.read { snapshot in
      try DocumentSlotTable.all(of: number, in: snapshot).contains { $0.document == id }
    }
  }
}

/// The documents on the case's page.
struct CaseDocumentList {
  let number: ApplicationNumber
  let places: [ApplicationDocuments.Place]
  let context: PageContext

  private var words: Words { context.words }

  var node: Node {
    card(title: words("document.title")) {
      for place in places {
        h3 { place.slot.map { words($0.requirement) } ?? words("document.other") }
        if let document = place.document {
          DocumentLine(document: document, words: words).node
          if document.state.isReadable {
            actionButton(
              context, to: "/petugas/permohonan/\(number)/dokumen/\(document.id)", label: words("document.open"),
              icon: .eye)
          }
        } else {
          p(.class("muted")) { words("document.not-sent") }
        }
      }
      p(.class("muted")) { words("document.audited") }
    }
  }
}
