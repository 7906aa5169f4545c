import Contracts
import Core
import HTML
import Web

/// What is asked for and what has arrived, with a form for each.
struct DocumentPage {
  let summary: ApplicationSummary
  let entries: [ApplicationDocuments.Entry]
  let limits: DocumentLimits
  /// The requirement for which something has just come.
  let arrived: String?
  let context: PageContext

  private var words: Words { context.words }
  private static let accepted = DocumentType.allCases.map(\.mediaType.description).joined(separator: ",")

  static func field(_ requirement: String) -> String { "berkas-\(requirement)" }

  func node(_ input: FormInput) -> Node {
    fragment {
      pageHeading(words("document.title"), lead: words("document.lead"), eyebrow: summary.number.printed)
      errorSummary(
        input, entries.compactMap { $0.requirement.map { field($0) } }, words, errorTitle: "document.not-arrived")
      if let entry = entries.first(where: { $0.code == arrived }), let document = entry.document {
        news(document)
      }
      if entries.isEmpty { notice(.info) { p { words("document.none-asked") } } }
      for entry in entries { card(entry, input) }
      p(.class("muted")) { words("document.sealed") }
      if !entries.isEmpty { p(.class("muted")) { words("document.photo") } }
      linkButton(words("document.back"), to: "/permohonan/\(summary.number)", icon: .back)
    }
  }

  private func news(_ document: DocumentSummary) -> Node {
    notice(
      document.state == .infected ? .error : document.state == .quarantined ? .warning : .success, isNews: true
    ) { p { words(document.state.explanation) } }
  }

  private func card(_ entry: ApplicationDocuments.Entry, _ input: FormInput) -> Node {
    Web.card(class: "document") {
      h2 { entry.requirement.map { words($0.text) } ?? words("document.other") }
      if let document = entry.document { DocumentLine(document: document, words: words).node }
      if let requirement = entry.requirement {
        form(
          .method(.post), .action("/permohonan/\(summary.number)/dokumen/\(requirement.code)"), .multipart,
          .class("form"),
          .novalidate()
        ) {
          hiddenFields(context, submission: nil)
          field(requirement).node(input, words)
          div(.class("actions")) {
            button(.button(.submit), .class(entry.document == nil ? "button primary" : "button secondary")) {
              words(entry.document == nil ? "document.send" : "document.replace")
            }
          }
        }
      }
      if entry.document != nil {
        actionButton(
          context, to: "/permohonan/\(summary.number)/dokumen/\(entry.code)/hapus", label: words("document.remove"),
          style: .quiet)
      }
    }
  }

  /// Phones offer the camera and the gallery by themselves; `capture` would take the gallery away.
  private func field(_ requirement: DocumentRequirement) -> Field {
    .file(
      Self.field(requirement.code), label: words("document.choose"),
      hint: words("document.choose-hint", ["megabytes": limits.megabytes]), accept: Self.accepted)
  }
}

/// One document in a line: what it is, how large, since when, and what has become of it.
struct DocumentLine {
  let document: DocumentSummary
  let words: Words

  var node: Node {
    p {
      tag(words(document.state.label), tone)
      " "
      words("document.line", ["type": document.type.rawValue.uppercased(), "size": Self.size(document.byteCount)])
    }
  }

  private var tone: Tone {
    switch document.state {
    case .received, .clean: .success
    case .quarantined: .warning
    case .infected: .error
    }
  }

  /// `340 kB`, `2,1 MB`.
  private static func size(_ byteCount: Int) -> String {
    byteCount < DocumentSize.megabyte
      ? "\(max(1, byteCount / 1024)) kB" : "\(DocumentSize.megabytes(byteCount)) MB"
  }
}

extension DocumentState {
  var label: MessageKey { MessageKey("document.state", named: rawValue) }
  /// What it means for the person.
  var explanation: MessageKey { MessageKey("document.state-explained", named: rawValue) }
}
