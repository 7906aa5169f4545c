import Core
import HTML
import Web

/// What a request means, and the button that makes it.
struct RequestPage {
  let kind: RequestKind
  let number: ApplicationNumber
  /// The form of a correction; nil for another request.
  let form: CorrectionForm?
  let context: PageContext

  private var words: Words { context.words }

  func node(_ input: FormInput) -> Node {
    fragment {
      pageHeading(words(kind.name), lead: words(kind.explanation), eyebrow: number.printed)
      notice(kind == .erasure ? .warning : .info) {
        p { words(MessageKey("privacy.kind-consequence", named: kind.rawValue)) }
        p { words("privacy.request.check") }
      }
      formNode(
        context, to: "/data-saya/\(number)/minta/\(kind.rawValue)", submission: nil,
        fields: form?.fields ?? [], input: input,
        submitLabel: words("privacy.request.send"), cancel: (words("privacy.request.cancel"), OwnDataPages.link(number))
      )
    }
  }
}
