internal import Core
internal import Store

extension Schema {
  static let officers = Schema(
    module: "officers",
    migrations: [
      Migration(
        1, "accounts, sessions, sign-ins",
        tables: [
          .account, .session, .pin, .signin, .delay, .device, .factor, .timeCode, .recoveryCode, .factorReset,
          .passkey, .passkeyUser, .passkeyAnswer, GrantTable.table, GrantTable.ending,
        ])
    ])
}

extension Table {
  fileprivate static let account = Table(
    "officers_account",
    columns: [
      .identity("id"),
      .text("username").unique,
      .text("display_name").optional,
      .text("password"),
      .flag("must_change"),
      .flag("is_disabled"),
      .integer("created"),
      .integer("initial_until").optional,
    ])

  fileprivate static let session = Table(
    "officers_session",
    columns: [
      .identity("id"),
      .bytes("hash").unique,
      .integer("account").refers(to: "officers_account", "id"),
      .text("stage").check("stage IN \(literals: SessionStage.allCases)"),
      .bytes("seed"),
      .text("client"),
      .integer("signed_in"),
      .integer("last_used"),
      .integer("proven_at"),
      .flag("locked"),
      .integer("tries").check("tries >= 0"),
    ],
    indexes: [
      .index("officers_session_account", on: ["account", "last_used"])
    ])

  /// With what officers open a session again that they have locked.
  fileprivate static let pin = Table(
    "officers_pin",
    columns: [
      .integer("account").key.refers(to: "officers_account", "id"),
      .text("pin"),
      .integer("set_at"),
    ])

  fileprivate static let signin = Table(
    "officers_signin",
    columns: [
      .identity("id"),
      .integer("at"),
      .integer("account").optional.refers(to: "officers_account", "id"),
      .text("outcome"),
      .text("address"),
    ],
    indexes: [
      .index("officers_signin_account", on: ["account", "id"]),
      .index("officers_signin_at", on: ["at"]),
    ])

  fileprivate static let delay = Table(
    "officers_delay",
    columns: [
      .bytes("subject").key,
      .integer("failures").check("failures >= 0"),
      .integer("last_failed"),
    ],
    indexes: [
      .index("officers_delay_last_failed", on: ["last_failed"])
    ])

  /// Browsers in which an officer has signed in.
  fileprivate static let device = Table(
    "officers_device",
    columns: [
      .bytes("hash"),
      .integer("account").refers(to: "officers_account", "id"),
      .integer("signed_in"),
    ],
    key: ["account", "hash"])

  fileprivate static let factor = Table(
    "officers_factor",
    columns: [
      .identity("id"),
      .integer("account").refers(to: "officers_account", "id"),
      .text("kind").check("kind IN \(literals: Factor.Kind.allCases)"),
      .text("label"),
      .integer("added"),
      .integer("last_used").optional,
    ],
    indexes: [
      .index("officers_factor_account", on: ["account"])
    ])

  /// The secrets of one-time codes, sealed.
  fileprivate static let timeCode = Table(
    "officers_time_code",
    columns: [
      .integer("factor").key.refers(to: "officers_factor", "id"),
      .bytes("secret"),
      .integer("last_step"),
    ])

  fileprivate static let recoveryCode = Table(
    "officers_recovery_code",
    columns: [
      .integer("factor").refers(to: "officers_factor", "id"),
      .bytes("hash"),
      .integer("used").optional,
    ],
    key: ["factor", "hash"])

  /// Factors that were lost, and taken away by another officer.
  fileprivate static let factorReset = Table(
    "officers_factor_reset",
    columns: [
      .identity("id"),
      .integer("account").refers(to: "officers_account", "id"),
      .integer("at"),
      .text("reset_by"),
      .text("reason"),
      .bytes("salt"),
    ])
}
