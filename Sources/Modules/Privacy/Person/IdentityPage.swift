import Core
import HTML
import Web

/// The questions for a number and a counter's code.
struct IdentityPage {
  static let numberField = "nomor"
  static let codeField = CounterCodeQuestion.name

  let context: PageContext

  var fields: [Field] {
    let words = context.words
    return [
      .text(
        Self.numberField, label: words("form.application.number"), hint: words("form.application.number-hint"),
        kind: .caseNumber),
      CounterCodeQuestion.field(words),
    ]
  }

  func node(_ input: FormInput, problem: Problem?) -> Node {
    let words = context.words
    return fragment {
      pageHeading(words("privacy.own.title"), lead: words("privacy.own.lead"))
      if let problem {
        notice(.error, title: problem.title(words), isNews: true) { p { problem.mend(words) } }
      }
      otherNumberNotice(input[Self.numberField], wanted: .application, context)
      notice(.info, title: words("form.counter-code.how-title")) { p { words("form.counter-code.how") } }
      formNode(
        context, to: OwnDataPages.link, submission: nil,
        fields: fields, input: input, submitLabel: words("privacy.own.send"))
      proofWay(context)
      div(.class("actions")) { linkButton(words("privacy.find.title"), to: FindRequestPages.link, icon: .search) }
      card(title: words("privacy.own.rights-title")) {
        ul {
          for kind in RequestKind.decided where kind != .lifting {
            li {
              strong { words(kind.name) }
              ": "
              words(kind.explanation)
            }
          }
        }
        p(.class("muted")) { words("privacy.own.law") }
      }
    }
  }
}

extension RequestKind {
  var name: MessageKey { MessageKey("privacy.kind", named: rawValue) }
  var explanation: MessageKey { MessageKey("privacy.kind-explained", named: rawValue) }
  /// The same where the reader is an officer and the data another person's.
  var explanationForOfficers: MessageKey { MessageKey("privacy.kind-for-officers", named: rawValue) }
}

extension PageContext {
  /// `22 November 2026, 14.30 WIB`.
  func moment(_ instant: Instant) -> String { words.moment(instant, in: zone) }
}
