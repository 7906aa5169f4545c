import Store

extension TrackingModule {
  static let migrations = [
    Migration(
      1, "cases",
      tables: [
        .cases, .step, .stage, CheckTable.table, AcquaintanceTable.table,
      ])
  ]
}

extension Table {
  fileprivate static let cases = Table(
    "tracking_case",
    columns: [
      .text("number").key,
      .integer("subject"),
      .text("service"),
      .text("stage"),
      .integer("position"),
      .integer("entered_at"),
      .text("promised_for").optional,
      .text("ending").optional,
    ],
    indexes: [
      .index("tracking_case_by_stage", on: ["service", "stage", "entered_at"], where: "ending IS NULL"),
      // A promise is made once, so an application costs one entry whatever stages it enters.
      .index("tracking_case_by_promise", on: ["service", "promised_for"], where: "ending IS NULL"),
    ])

  fileprivate static let step = Table(
    "tracking_step",
    columns: [
      .text("number").refers(to: "tracking_case", "number"),
      .integer("position"),
      .text("stage"),
      .integer("entered_at"),
      .text("entered_by"),
      .text("promised_for").optional,
      .integer("takes_back"),
    ],
    key: ["number", "position"],
    isAppendOnly: true)

  /// The stages that any application has been in, each with how many of those that have not ended stand there.
  fileprivate static let stage = Table(
    "tracking_stage",
    columns: [
      .text("service"),
      .text("stage"),
      .integer("applications"),
    ],
    key: ["service", "stage"])
}
