internal import Core

/// An officer's passkey: the factor that it is, and what its signatures are checked with.
struct Passkey: Equatable, Sendable {
  /// How a browser reaches an authenticator (WebAuthn Level 2, section 5.8.4).
  enum Transport: String, CaseIterable, Sendable {
    case usb
    case nfc
    case ble
    case smartCard = "smart-card"
    case hybrid
    case `internal`
  }

  let factor: Factor
  /// By which the authenticator finds it again.
  let credentialID: [UInt8]
  /// The public key as COSE has it.
  let cose: [UInt8]
  /// How often it had signed when it was seen last; 0 of one that does not count.
  let signCount: UInt32
  let transports: [Transport]
  let isBackupEligible: Bool
  let isBackedUp: Bool
  /// When its count went back: there are two of it, and neither opens anything any more. Nil of a passkey that is trusted.
  let copiedAt: Instant?

  var name: String { factor.label }
}

extension [Passkey.Transport] {
  /// As they are kept: those that are known, with commas between them.
  var text: String { map(\.rawValue).joined(separator: ",") }

  /// Those in a text that are known, each once.
  init(text: String) {
    let named = text.split(separator: ",").map(String.init)
    self = Passkey.Transport.allCases.filter { named.contains($0.rawValue) }
  }
}
