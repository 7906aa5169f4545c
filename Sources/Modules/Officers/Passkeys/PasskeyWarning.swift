internal import Core
internal import HTML
internal import Web

/// Tells an officer that one of their passkeys has gone back in its count: there may be two of it.
enum PasskeyWarning {
  /// - Parameter leading: whether it leads to the page of the passkeys; not on that page itself.
  static func node(_ words: Words, leading: Bool) -> Node {
    notice(.error, title: words("officers.passkey.copied.title")) {
      p { words("officers.passkey.copied.text") }
      if leading { p { linkButton(words("officers.passkey.copied.look"), to: "/petugas/kunci") } }
    }
  }
}
