import Core
import HTML
import Web

/// Asks for the date of birth before an application's documents are shown.
struct ProofPage {
  static let dateField = "lahir"

  let number: ApplicationNumber
  /// Whether somebody counts wrong dates; without that none is asked for, since there are few enough to try.
  let canAsk: Bool
  let context: PageContext

  func node(_ input: FormInput, problem: Problem?) -> Node {
    let words = context.words
    return fragment {
      pageHeading(words("document.title"), eyebrow: number.printed)
      if let problem {
        notice(.error, title: problem.title(words), isNews: true) { p { problem.mend(words) } }
      }
      if canAsk {
        p { words("document.proof.lead") }
        formNode(
          context, to: "/permohonan/\(number)/dokumen/bukti", submission: nil,
          fields: [
            .text(
              Self.dateField, label: words("document.proof.born"), hint: words("document.proof.born-hint"),
              kind: .birthDate)
          ], input: input, submitLabel: words("document.proof.send"))
      } else {
        notice(.info) { p { words("document.proof.none") } }
      }
    }
  }
}
