import Contracts
import Core
import Forecast
import HTML
import Web

/// A form of the counter that is folded away until its words or its key are pressed, or it was refused.
struct FoldedForm {
  let panel: CounterPanel
  let label: String
  let fields: [Field]
  /// What a fresh form starts with.
  var prefilled = FormInput()
  let path: Link
  let refusal: CounterRefusal?
  let context: PageContext
  var submitLabel: String?
  /// What is said above the form; nil for nothing.
  var before: Node?

  var node: Node {
    details(.class("folded"), .open(refusal?.panel == panel)) {
      summary(.data("key", panel.key.map { $0.lowercased() }), .aria("keyshortcuts", panel.key.map { String($0) })) {
        label
        if let key = panel.key {
          " "
          kbd(.aria("hidden", "true")) { String(key) }
        }
      }
      if let before { before }
      formNode(
        context, to: "\(path)/\(panel.rawValue)", submission: nil, fields: fields,
        input: refusal?.input(of: panel) ?? prefilled, submitLabel: submitLabel ?? label)
    }
  }
}

/// What can be done with the ticket in hand that needs one more word: hold and transfer. A key opens each.
struct HandTools {
  let ticket: TicketRecord
  let counter: Office.Counter
  let office: Office
  let work: CounterWork
  let services: [OfferedService]
  let rules: QueueRules
  let path: Link
  /// nil also where the ticket that was sent is not this one any more.
  let refusal: CounterRefusal?
  let context: PageContext

  private var words: Words { context.words }
  private var hidden: Field { .hidden("tiket", ticket.id.description) }

  var node: Node {
    card(title: words("queue.post.hand")) {
      FoldedForm(
        panel: .hold, label: words("queue.action.tunda"),
        fields: [
          hidden,
          .choice(
            "alasan-tunda", label: words("queue.hold.reason"),
            options: HoldReason.allCases.map {
              Field.Option($0.rawValue, words(MessageKey("queue.hold", named: $0.rawValue)))
            }, arranged: .inline),
          .text(
            "menit", label: words("queue.hold.minutes", ["max": String(rules.holdMinutesMax)]),
            kind: .numeric(digits: 3)),
        ],
        prefilled: FormInput(prefilled: [
          "tiket": ticket.id.description, "menit": String(min(15, rules.holdMinutesMax)),
        ]), path: path, refusal: refusal, context: context
      ).node
      FoldedForm(
        panel: .transfer, label: words("queue.action.alihkan"),
        fields: [
          hidden, .select("tujuan", label: words("queue.transfer.to"), options: targets),
          .choice(
            "tempat", label: words("queue.transfer.place"),
            options: [
              Field.Option("tetap", words("queue.transfer.keep")), Field.Option("akhir", words("queue.transfer.end")),
            ]),
          .checkbox("tanpa-petugas", label: words("queue.transfer.unattended-agree"), required: false),
        ], prefilled: FormInput(prefilled: ["tiket": ticket.id.description, "tempat": "tetap"]), path: path,
        refusal: refusal, context: context
      ).node
    }
  }

  /// Says beforehand at which counter no officer sits.
  private func label(ofCounter number: Int) -> String {
    let isAttended = work.colleagues.contains { $0.number == number }
    return words(
      isAttended ? "queue.counter" : "queue.transfer.unattended", ["counter": String(number)])
  }

  /// Says beforehand which service no counter serves.
  private func label(of service: OfferedService) -> String {
    let name = words(service.name)
    if work.stopped.contains(service.code) { return words("queue.transfer.service-stopped", ["service": name]) }
    return work.unserved.contains(service.code) ? words("queue.transfer.unserved", ["service": name]) : name
  }

  private var targets: [Field.Option] {
    services.filter { $0.code != ticket.service }.map { Field.Option("layanan:\($0.code.rawValue)", label(of: $0)) }
      + office.counters.filter { $0.number != counter.number }.map {
        Field.Option("loket:\($0.number)", label(ofCounter: $0.number))
      }
      + work.colleagues.compactMap { post in
        post.officer.map { officer in
          let name = post.officerName ?? words("report.officer-unknown", ["number": officer.description])
          return Field.Option(
            "petugas:\(officer)", words("queue.transfer.officer", ["name": name, "counter": String(post.number)]))
        }
      }
  }
}

/// What concerns the counter itself: languages, pausing, closing, and a call out of order.
struct CounterTools {
  let path: Link
  let refusal: CounterRefusal?
  /// How many wait for this counter, or its officer, alone.
  let addressedCount: Int
  let context: PageContext

  private var words: Words { context.words }

  var node: Node {
    card(title: words("queue.post.title")) {
      folded(
        .callChosen, words("queue.action.panggil-khusus"),
        [
          .text("nomor", label: words("queue.console.number"), hint: words("queue.chosen.hint"), kind: .reference(8)),
          .text(
            "alasan-khusus", label: words("queue.chosen.reason"), hint: words("queue.chosen.reason-hint"),
            kind: .short(ActionDetail.reasonCharacterCountMax)),
        ])
      folded(
        .pause, words("queue.post.pause"),
        [
          .choice(
            "alasan-jeda", label: words("queue.pause.reason"),
            options: PauseReason.allCases.map {
              Field.Option($0.rawValue, words(MessageKey("queue.pause", named: $0.rawValue)))
            }, arranged: .inline)
        ])
      folded(
        .close, words("queue.post.close"),
        [
          .choice(
            "sisa", label: words("queue.post.rest"), hint: words("queue.post.rest-hint"), required: false,
            options: [TicketAction.giveBack, .hold, .noShow].map {
              Field.Option($0.rawValue, words(MessageKey("queue.action", named: $0.rawValue)))
            }, arranged: .inline),
          CloseReasonField.field(words),
        ], before: closingNotice)
      folded(
        .languages, words("queue.post.languages"),
        [
          .checkboxes(
            "bahasa-petugas", label: words("queue.post.languages-label"),
            options: context.languages.filter { $0 != .indonesian }.map {
              Field.Option($0.rawValue, words(MessageKey("layout.language.name", named: $0.rawValue)))
            })
        ], submit: words("queue.post.languages-save"))
    }
  }

  /// What closing does to those who wait for this counter alone.
  private var closingNotice: Node? {
    guard addressedCount > 0 else { return nil }
    return notice(.warning) { p { words("queue.post.releases", ["count": String(addressedCount)]) } }
  }

  private func folded(
    _ panel: CounterPanel, _ label: String, _ fields: [Field], submit: String? = nil, before: Node? = nil
  ) -> Node {
    FoldedForm(
      panel: panel, label: label, fields: fields, path: path, refusal: refusal, context: context, submitLabel: submit,
      before: before
    ).node
  }
}

/// Asks why a counter is closed; an answer is needed only where people are hit.
enum CloseReasonField {
  static let name = "alasan-tutup"

  static func field(_ words: Words) -> Field {
    .choice(
      name, label: words("queue.close.reason"), hint: words("queue.close.reason-hint"), required: false,
      options: CloseReason.allCases.map { Field.Option($0.rawValue, $0.text(words)) }, arranged: .inline)
  }
}
