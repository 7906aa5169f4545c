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
      label: context.words("officers.passkey.sign-in"), hidden: [(ReturnPath.field, target.description)]
    ).node(context)
  }
}
