import Store

extension PrivacyModule {
  static let migrations = [
    Migration(
      1, "requests",
      tables: [
        .request, .requestReach,
      ])
  ]
}

extension Table {
  fileprivate static let request = Table(
    "privacy_request",
    columns: [
      .text("code").key,
      .text("number").unique,
      .text("kind"),
      .text("application"),
      .integer("subject"),
      .integer("received_at"),
      .integer("due_at"),
      .text("received_by"),
      .text("state"),
      .text("identity").optional,
      .text("refusal").optional,
      .integer("decided_at").optional,
      .text("decided_by").optional,
      .text("gone_by").optional,
    ],
    indexes: [
      .unique("privacy_request_open", on: ["subject", "kind"], where: "state = \(literal: RequestState.open)"),
      .index("privacy_request_by_subject", on: ["subject", "received_at"]),
      .index("privacy_request_by_deadline", on: ["state", "due_at"]),
    ])

  /// What a request reaches besides the application.
  fileprivate static let requestReach = Table(
    "privacy_request_reach",
    columns: [
      .text("request").refers(to: "privacy_request", "code"),
      .integer("subject"),
    ],
    key: ["request", "subject"])
}
