import Contracts
import Core
import HTML
import Web

/// What can be done with the ticket in hand that needs one more word: hold and transfer. A key opens each.
struct HandTools {
  let ticket: TicketRecord
  let counter: Office.Counter
  let office: Office
  let colleagues: [CounterPost]
  let services: [OfferedService]
  let rules: QueueRules
  let path: Link
  let context: PageContext

  private var words: Words { context.words }
  private var hidden: Field { .hidden("tiket", ticket.id.description) }

  var node: Node {
    card(title: words("queue.post.hand")) {
      folded(words("queue.action.tunda"), key: "N") {
        formNode(
          context, to: "\(path)/\(TicketAction.hold.rawValue)", submission: nil,
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
          ], input: FormInput(prefilled: ["menit": String(min(15, rules.holdMinutesMax))]),
          submitLabel: words("queue.action.tunda"))
      }
      folded(words("queue.action.alihkan"), key: "A") {
        formNode(
          context, to: "\(path)/\(TicketAction.transfer.rawValue)", submission: nil,
          fields: [
            hidden, .select("tujuan", label: words("queue.transfer.to"), options: targets),
            .choice(
              "tempat", label: words("queue.transfer.place"),
              options: [
                Field.Option("tetap", words("queue.transfer.keep")), Field.Option("akhir", words("queue.transfer.end")),
              ]),
          ], input: FormInput(prefilled: ["tempat": "tetap"]), submitLabel: words("queue.action.alihkan"))
      }
    }
  }

  private var targets: [Field.Option] {
    services.filter { $0.code != ticket.service }.map { Field.Option("layanan:\($0.code.rawValue)", words($0.name)) }
      + office.counters.filter { $0.number != counter.number }.map {
        Field.Option("loket:\($0.number)", words("queue.counter", ["counter": String($0.number)]))
      }
      + colleagues.compactMap { post in
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
  let context: PageContext

  private var words: Words { context.words }

  var node: Node {
    card(title: words("queue.post.title")) {
      folded(words("queue.action.panggil-khusus"), key: "L") {
        formNode(
          context, to: "\(path)/\(TicketAction.callChosen.rawValue)", submission: nil,
          fields: [
            .text("nomor", label: words("queue.console.number"), hint: words("queue.chosen.hint"), kind: .reference(8)),
            .text(
              "alasan-khusus", label: words("queue.chosen.reason"), hint: words("queue.chosen.reason-hint"),
              kind: .short(ActionDetail.reasonCharacterCountMax)),
          ], input: FormInput(), submitLabel: words("queue.action.panggil-khusus"))
      }
      folded(words("queue.post.pause"), key: "J") {
        formNode(
          context, to: "\(path)/jeda", submission: nil,
          fields: [
            .choice(
              "alasan-jeda", label: words("queue.pause.reason"),
              options: PauseReason.allCases.map {
                Field.Option($0.rawValue, words(MessageKey("queue.pause", named: $0.rawValue)))
              }, arranged: .inline)
          ], input: FormInput(), submitLabel: words("queue.post.pause"))
      }
      folded(words("queue.post.close"), key: "X") {
        formNode(
          context, to: "\(path)/tutup", submission: nil,
          fields: [
            .choice(
              "sisa", label: words("queue.post.rest"), hint: words("queue.post.rest-hint"), required: false,
              options: [TicketAction.giveBack, .hold, .noShow].map {
                Field.Option($0.rawValue, words(MessageKey("queue.action", named: $0.rawValue)))
              }, arranged: .inline)
          ], input: FormInput(), submitLabel: words("queue.post.close"))
      }
      folded(words("queue.post.languages"), key: nil) {
        formNode(
          context, to: "\(path)/buka", submission: nil,
          fields: [
            .checkboxes(
              "bahasa-petugas", label: words("queue.post.languages-label"),
              options: context.languages.filter { $0 != .indonesian }.map {
                Field.Option($0.rawValue, words(MessageKey("layout.language.name", named: $0.rawValue)))
              })
          ], input: FormInput(), submitLabel: words("queue.post.languages-save"))
      }
    }
  }
}

/// A form that is folded away until its words or its key are pressed.
private func folded(_ label: String, key: Character?, @NodeBuilder _ content: () -> Node) -> Node {
  details(.class("folded")) {
    summary(
      .data("key", key.map { String($0).lowercased() }), .aria("keyshortcuts", key.map { String($0).uppercased() })
    ) {
      label
      if let key {
        " "
        kbd(.aria("hidden", "true")) { String(key).uppercased() }
      }
    }
    content()
  }
}
