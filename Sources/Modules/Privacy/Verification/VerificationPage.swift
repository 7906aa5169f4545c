import Contracts
import Core
import HTML
import Web

/// The question for a receipt's text, and what was found.
struct VerificationPage {
  let verdict: ReceiptVerdict?
  let context: PageContext

  private var words: Words { context.words }

  func node(_ input: FormInput) -> Node {
    fragment {
      pageHeading(words("privacy.verify.title"), lead: words("privacy.verify.lead"))
      if let verdict { finding(verdict) }
      formNode(
        context, to: VerificationPages.link, submission: nil,
        fields: [
          .text(
            VerificationPages.field, label: words("privacy.verify.text"), hint: words("privacy.verify.text-hint"),
            kind: .multiline(rows: 5))
        ], input: input, submitLabel: words("privacy.verify.send"))
      noscript { p { words("privacy.verify.no-script") } }
      p(.class("muted")) {
        words("privacy.verify.independent")
        " "
        a(.href("/verifikasi/kunci")) { words("privacy.verify.key") }
      }
    }
  }

  @NodeBuilder private func finding(_ verdict: ReceiptVerdict) -> Node {
    let (name, tone) = Self.name(verdict)
    notice(tone, title: words(MessageKey("privacy", named: "verdict.\(name).title")), isNews: true) {
      p { words(MessageKey("privacy", named: "verdict.\(name).text")) }
    }
    if let content = Self.content(verdict) {
      card(title: words("privacy.verify.says")) { summaryList(rows(content)) }
    }
  }

  private func rows(_ content: ReceiptContent) -> [SummaryRow] {
    let statement = content.statement
    var rows = [
      SummaryRow(
        words("privacy.verify.matter"), words(MessageKey("privacy", named: "matter.\(statement.matter.rawValue)"))),
      SummaryRow(words("privacy.verify.reference"), node: code(.untranslated) { statement.reference }),
      SummaryRow(words("privacy.verify.recorded"), moment(content.recordedAt)),
      SummaryRow(words("privacy.verify.entry"), String(content.entry)),
    ]
    if let day = statement.day { rows.append(SummaryRow(words("privacy.verify.gone-by"), words.longDate(day))) }
    if let proven = content.provenAt { rows.append(SummaryRow(words("privacy.verify.proven"), moment(proven))) }
    return rows
  }

  private func moment(_ instant: Instant) -> String {
    words.longMoment(instant, in: context.zone)
  }

  /// How the words of a verdict are called, and how they are shown.
  private static func name(_ verdict: ReceiptVerdict) -> (String, Tone) {
    switch verdict {
    case .genuine: ("genuine", .success)
    case .notYetProven: ("not-yet-proven", .info)
    case .notInLedger: ("not-in-ledger", .error)
    case .forged: ("forged", .error)
    case .otherKey: ("other-key", .warning)
    case .unreadable: ("unreadable", .warning)
    }
  }

  private static func content(_ verdict: ReceiptVerdict) -> ReceiptContent? {
    switch verdict {
    case .genuine(let content), .notYetProven(let content), .notInLedger(let content): content
    case .forged, .otherKey, .unreadable: nil
    }
  }
}
