internal import Core
internal import HTML
internal import Web

extension PasskeyRefusal {
  /// What went wrong.
  func title(_ words: Words) -> String { words(MessageKey("officers.passkey.refusal", named: "\(rawValue).title")) }

  /// How to go on.
  func mend(_ words: Words) -> String { words(MessageKey("officers.passkey.refusal", named: "\(rawValue).mend")) }

  /// What those who watch the office learn of it; nothing of a page that was left open for a while, or of a button that was
  /// pressed twice.
  var event: SecurityEvent? {
    switch self {
    case .copied: .passkeyCopied
    case .unknown, .unverified, .wrong, .known: .signInFailed
    case .late: nil
    }
  }

  /// Both, above the form with which it is tried again.
  func node(_ words: Words) -> Node {
    notice(.error, title: title(words), isNews: true) { p { mend(words) } }
  }
}
