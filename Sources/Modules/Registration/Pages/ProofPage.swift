import Core
import HTML
import Web

/// Asks for a counter's code before an application's documents are shown.
struct ProofPage {
  static let codeField = CounterCodeQuestion.name

  let number: ApplicationNumber
  let context: PageContext

  static func field(_ words: Words) -> Field { CounterCodeQuestion.field(words) }

  func node(_ input: FormInput, problem: Problem?) -> Node {
    let words = context.words
    return fragment {
      pageHeading(words("document.title"), lead: words("document.proof.lead"), eyebrow: number.printed)
      if let problem {
        notice(.error, title: problem.title(words), isNews: true) { p { problem.mend(words) } }
      }
      notice(.info, title: words("form.counter-code.how-title")) { p { words("form.counter-code.how") } }
      formNode(
        context, to: "/permohonan/\(number)/dokumen/bukti", submission: nil, fields: [Self.field(words)], input: input,
        submitLabel: words("document.proof.send"))
      proofWay(context)
    }
  }
}
