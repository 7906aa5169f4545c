internal import Store

extension Table {
  /// What a factor that is a passkey has besides.
  static let passkey = Table(
    "officers_passkey",
    columns: [
      .integer("factor").key.refers(to: "officers_factor", "id"),
      .bytes("credential").unique,
      .bytes("cose"),
      .integer("sign_count").check("sign_count >= 0"),
      .text("transports"),
      .flag("is_backup_eligible"),
      .flag("is_backed_up"),
      .integer("copied").optional,
    ])

  /// By what authenticators know an account: random bytes, which say nothing of it.
  static let passkeyUser = Table(
    "officers_passkey_user",
    columns: [
      .integer("account").key.refers(to: "officers_account", "id"),
      .bytes("handle").unique,
    ])

  /// Challenges that were answered, until they are over: none is answered twice.
  static let passkeyAnswer = Table(
    "officers_passkey_answer",
    columns: [
      .bytes("nonce").key,
      .integer("until"),
    ],
    indexes: [
      .index("officers_passkey_answer_until", on: ["until"])
    ])
}
