import Contracts
import Core
import HTML
import QR
import Web

/// The page that confirms an application. Nothing on it is personal.
struct ReceiptPage {
  let summary: ApplicationSummary
  /// The tariff's lines by code, in their order.
  let fees: [(code: String, amount: Rupiah)]
  /// The service as the catalogue has it now; nil where it is gone.
  let service: OfferedService?
  let address: PublicAddress?
  /// What proves that this receipt is genuine; nil where nothing does.
  var proof: Receipt?
  /// Whether documents can be sent ahead of the visit.
  let takesDocuments: Bool
  let step: NextStep
  let context: PageContext
  /// What its QR code holds.
  var paper: PaperCode?
  /// What its holder comes with.
  var coming = ComingVisit()

  private var words: Words { context.words }
  private var number: String { summary.number.description }

  var title: String {
    guard let ending = summary.ending else { return words("registration.receipt.title") }
    return words(MessageKey("registration.ended", named: ending.rawValue))
  }

  /// What the number is good for in this office.
  private var lead: String {
    let isForAll = context.leads(to: Self.queue) && context.leads(to: Self.look)
    return words(isForAll ? "registration.receipt.lead" : "registration.receipt.lead-some")
  }

  /// - Parameter isChangedRepeat: the form was sent twice with different answers.
  func node(isChangedRepeat: Bool) -> Node {
    if let ending = summary.ending { return ended(ending) }
    return fragment {
      pageHeading(title, lead: lead, eyebrow: service.map { words($0.name) })
      if isChangedRepeat {
        notice(.warning, title: words("registration.receipt.repeated"), isNews: true) {
          p { words("registration.receipt.repeated-mend") }
        }
      }
      card(class: "receipt") {
        keepCode(summary.number.printed, label: words("registration.receipt.number"))
        qr
        p {
          words(
            "registration.receipt.registered", ["date": words.longDate(context.zone.date(of: summary.registeredAt))])
        }
        for way in coming.ways(words, in: context.zone) { wayNotice(way.title, label: way.label, to: way.path) }
        if let hindered = coming.number?.hindered(words, in: context.zone) {
          notice(.warning, title: hindered.title) { p { hindered.text } }
        }
        // A person with a number or an appointment is not told to get one.
        if !step.isVisit || coming.isEmpty { stepText }
        actions
        p(.class("muted")) { words("registration.receipt.print") }
      }
      authenticity
      way
      tariff
      preparation
    }
  }

  /// The page of an application that has ended: the number, and how to begin anew.
  private func ended(_ ending: ApplicationEnding) -> Node {
    fragment {
      pageHeading(title, eyebrow: service.map { words($0.name) })
      card(class: "receipt") {
        summaryList([
          SummaryRow(words("registration.receipt.number"), number),
          SummaryRow(
            words("registration.ended.registered"), words.longDate(context.zone.date(of: summary.registeredAt))),
        ])
        p { words(MessageKey("registration.ended-text", named: ending.rawValue)) }
      }
    }
  }

  private static let appointments: Link = "/janji"
  private static let look: Link = "/lacak"
  private static let queue: Link = "/antrean"
  private static let ownData: Link = "/data-saya"

  private var tracking: Link { Self.look.adding("nomor", number) }

  @NodeBuilder private var qr: Node {
    if let paper, let address, let code = try? QRCode(text: address.appending(paper.path), correction: .medium) {
      qrCode(code, label: words("registration.receipt.qr"))
    }
  }

  @NodeBuilder private var authenticity: Node {
    if let proof {
      proofCard(
        proof.text, isProven: proof.isProven, url: address.map { address in { address.appending($0) } }, context)
    }
  }

  /// What comes next, in a sentence.
  private var stepText: Node {
    p(.class("next-step")) {
      strong { words("next-step.title") + " " }
      step.text(words, in: context.zone)
    }
  }

  /// The first button is what can be done now; what cannot is not there.
  @NodeBuilder private var visit: Node {
    if takesNumber, context.leads(to: Self.queue) {
      linkButton(
        words("registration.receipt.take-number"), to: Self.queue.adding("nomor", number),
        style: coming.isEmpty ? .primary : .secondary, icon: .ticket)
    }
    if step.isVisit, coming.isEmpty, context.leads(to: Self.appointments) {
      linkButton(
        words("registration.receipt.book"), to: Self.appointments.adding("nomor", number),
        style: step.takesNumbers ? .secondary : .primary, icon: .calendar)
    }
  }

  private var takesNumber: Bool { step.takesNumbers && coming.number == nil }

  private var mayVisit: Bool {
    step.isVisit && (takesNumber && context.leads(to: Self.queue) || context.leads(to: Self.appointments))
  }

  private var actions: Node {
    div(.class("actions")) {
      visit
      if takesDocuments, service?.requirements.isEmpty == false {
        linkButton(words("document.send-some"), to: DocumentPages.link(summary.number), icon: .upload)
      }
      if context.leads(to: Self.look) {
        linkButton(
          words("registration.receipt.follow"), to: tracking, style: mayVisit ? .secondary : .primary, icon: .search)
      }
      if context.leads(to: Self.ownData) {
        linkButton(words("registration.receipt.own-data"), to: Self.ownData.adding("nomor", number), icon: .lock)
      }
      // Only a script can press the browser's own button; without one the sentence below tells where it is.
      button(.button(.button), .class("button secondary screen-only"), .data("print", ""), .hidden()) {
        Icon.printer.node
        words("registration.receipt.print-now")
      }
    }
  }

  @NodeBuilder private var way: Node {
    if let service, !service.stages.isEmpty {
      card(title: words("registration.receipt.next")) {
        timeline(
          service.stages.map { stage in
            TimelineStep(
              words(stage.name), .ahead,
              stateWord: stage.ending == .none
                ? "" : words(MessageKey("registration.mover", named: stage.mover.rawValue)),
              text: words(stage.explanation))
          })
        p { words("registration.receipt.promise", ["promise": Promise.text(service, words)]) }
      }
    }
  }

  private var tariff: Node {
    card(title: words("registration.fee")) {
      dataTable(
        caption: words("registration.fee"),
        columns: [words("registration.fee-line"), words("registration.fee-amount")], numeric: [1],
        rows: fees.map { [.text(name(of: $0.code)), .text($0.amount.description)] }
          + [[strong { words("registration.fee-total") }, strong { summary.fee.description }]])
      p { words("registration.pay") }
    }
  }

  private func name(of code: String) -> String {
    service?.fees.first { $0.code == code }.map { words($0.name) } ?? code
  }

  @NodeBuilder private var preparation: Node {
    if let service, !service.requirements.isEmpty {
      card(title: words("registration.receipt.bring")) {
        ul { for requirement in service.requirements { li { words(requirement) } } }
        if !service.notices.isEmpty {
          h3 { words("registration.notices") }
          ul { for text in service.notices { li { words(text) } } }
        }
      }
    }
  }
}
