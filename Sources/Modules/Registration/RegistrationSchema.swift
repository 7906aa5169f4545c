import Store

extension RegistrationModule {
  static let migrations = [
    Migration(
      1, "applications",
      tables: [
        .application, .count, .fee, .submission, .document, .code, .upload,
      ])
  ]
}

extension Table {
  fileprivate static let application = Table(
    "registration_application",
    columns: [
      .text("number").key,
      .text("service"),
      .integer("subject"),
      .integer("registered_at"),
      .integer("fee"),
      .integer("notice_version"),
      .text("ending").optional,
    ],
    indexes: [
      .index("registration_application_by_subject", on: ["subject"])
    ])

  /// How many applications were made for each service, changed with each of them: no page counts all there are.
  fileprivate static let count = Table(
    "registration_count",
    columns: [
      .text("service").key,
      .integer("applications"),
    ])

  fileprivate static let fee = Table(
    "registration_fee",
    columns: [
      .text("application").refers(to: "registration_application", "number"),
      .integer("position"),
      .text("code"),
      .integer("amount"),
    ],
    key: ["application", "position"])

  fileprivate static let submission = Table(
    "registration_submission",
    columns: [
      .text("submission").key,
      .text("application").refers(to: "registration_application", "number"),
      .bytes("fingerprint").optional,
      .integer("sent_at"),
    ],
    indexes: [
      .index("registration_submission_by_time", on: ["sent_at"]),
      .index("registration_submission_by_application", on: ["application"]),
    ])

  fileprivate static let document = Table(
    "registration_document",
    columns: [
      .text("application").refers(to: "registration_application", "number"),
      .text("requirement"),
      .integer("document"),
    ],
    key: ["application", "requirement"])

  /// Codes from a counter.
  fileprivate static let code = Table(
    "registration_code",
    columns: [
      .text("application").key.refers(to: "registration_application", "number"),
      .bytes("mark"),
      .integer("expires_at"),
    ])

  /// What was sent on a day.
  fileprivate static let upload = Table(
    "registration_upload",
    columns: [
      .text("day"),
      .text("sender"),
      .integer("byte_count"),
    ],
    key: ["day", "sender"])
}
