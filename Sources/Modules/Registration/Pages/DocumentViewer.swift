import Contracts
import Core
import HTML
import Web

/// A document in a page: the picture or the PDF, the way to its neighbours, and back to the case. Where scripts run it
/// opens over the case's page, which stays as it is.
struct DocumentViewer {
  let number: ApplicationNumber
  /// The case's documents that can be opened.
  let entries: [ApplicationDocuments.Entry]
  /// Which of them is shown.
  let index: Int
  /// The pass with which the browser gets it; nil before the officer has said what for.
  let pass: String?
  let input: FormInput
  let counter: CounterReturn
  let context: PageContext

  private var words: Words { context.words }
  private var chosen: String { input[CaseDocuments.purposeField] }

  var title: String { entries[index].requirement.map { words($0.text) } ?? words("document.other") }

  /// The question what documents are opened for.
  static func purpose(_ context: PageContext) -> Field {
    .select(
      CaseDocuments.purposeField, label: context.words("document.viewer.purpose"),
      options: CaseDocuments.purposes(of: context.officer?.rights).map {
        Field.Option($0.rawValue, context.words(MessageKey("document.purpose", named: $0.rawValue)))
      })
  }

  var node: Node {
    section(.class("viewer"), .data("viewer", "")) {
      pageHeading(title, eyebrow: words("registration.case.title", ["number": number.description]))
      if let pass, let document = entries[index].document {
        shown(document, pass)
        p(.class("muted")) {
          words(
            "document.viewer.opened", ["purpose": words(MessageKey("document.purpose", named: chosen))])
        }
        // A scanner looks into what is compressed, too.
        if document.type == .pdf, document.state == .received {
          p(.class("muted")) { words("document.viewer.unchecked") }
        }
      } else {
        question
      }
      div(.class("actions")) {
        if pass != nil {
          if index > 0 { step(to: index - 1, "document.viewer.previous", key: "S") }
          if index + 1 < entries.count { step(to: index + 1, "document.viewer.next", key: "B") }
        }
        div(.class("close"), .data("close", "")) {
          actionButton(
            context, to: "/petugas/permohonan", label: words("document.viewer.close"), style: .quiet, icon: .back,
            fields: ["nomor": number.description, CounterReturn.field: counter.value], key: "T")
        }
      }
    }
  }

  private func shown(_ document: DocumentSummary, _ pass: String) -> Node {
    let address: Link = "\(CaseDocuments.link(number))/\(document.id.description)"
    return object(
      data: address.adding("izin", pass), mediaType: document.type.mediaType,
      .class(document.type.isPicture ? "viewer-picture" : "viewer-pages"), .aria("label", title)
    ) {
      p(.class("notice warning")) { words("document.viewer.not-shown") }
    }
  }

  private var question: Node {
    formNode(
      context, to: CaseDocuments.link(number), submission: nil,
      fields: [
        .hidden(CaseDocuments.documentField, entries[index].document?.id.description ?? ""), Self.purpose(context),
        .hidden(CounterReturn.field, counter.value),
      ], input: input, submitLabel: words("document.open"), errorTitle: "document.viewer.not-opened")
  }

  private func step(to other: Int, _ label: MessageKey, key: Character) -> Node {
    actionButton(
      context, to: CaseDocuments.link(number), label: words(label),
      fields: [
        "dokumen": entries[other].document?.id.description ?? "", "tujuan": chosen, CounterReturn.field: counter.value,
      ],
      key: key)
  }
}
