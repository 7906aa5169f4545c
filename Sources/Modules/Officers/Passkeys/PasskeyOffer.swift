internal import Core
internal import HTML
internal import Web

/// The button on the sign-in page with which an officer signs in by a passkey, without a name typed.
struct PasskeyOffer: Sendable {
  static let action: Link = "/petugas/masuk/kunci"

  /// Where browsers have the office's passkeys.
  let origin: String

  func node(_ context: PageContext, target: Link) -> Node {
    PasskeyForm(
      question: .get(from: Self.action), action: Self.action, origin: origin,
      label: context.words("officers.passkey.sign-in"), hidden: [.hidden(ReturnPath.field, target.description)]
    ).node(context)
  }

  /// What is said where a passkey is the only way; the script takes it away where the browser has passkeys.
  static func unable(_ words: Words, at origin: String) -> Node {
    div(.data("passkey-unable", "")) {
      notice(.warning, title: words("officers.passkey.touch.unable")) {
        p { words("officers.passkey.touch.unable-mend", ["address": origin]) }
      }
    }
  }
}
