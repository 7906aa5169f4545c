/// Why what came for a passkey is not accepted.
public enum PasskeyFailure: Error, Equatable, Sendable {
  /// No bytes that a browser or an authenticator would have written.
  case malformed
  /// It answers a question of another kind: a new passkey where one was to be shown, or the other way round.
  case otherCeremony
  /// It answers a challenge that was not made for this browser, or too long ago.
  case otherChallenge
  /// It was asked for by a page at another address, or by one within another site's page.
  case otherOrigin
  /// The passkey is another site's.
  case otherParty
  /// No person has touched the authenticator.
  case personAbsent
  /// The authenticator has not made sure whose hand it was.
  case personUnverified
  /// A key of an algorithm that is not taken here, or none at all.
  case unsupportedKey
  /// The authenticator tells more of itself than it was asked for.
  case attested
  /// The key has not signed it.
  case wrongSignature
  /// A library had no memory left, or refused its work.
  case library
}
