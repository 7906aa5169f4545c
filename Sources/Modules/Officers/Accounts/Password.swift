internal import Civil
internal import Core

/// What is done to a typed password before it is hashed or compared.
enum Password {
  /// In the form of OpaqueString (RFC 8265, section 4.2): an `é` is the same whether a keyboard sends it composed or not,
  /// and invisible characters do not count.
  static func tidied(_ password: Personal<String>) -> Personal<String> {
    Personal(TextGate.password(password.exposed))
  }
}
