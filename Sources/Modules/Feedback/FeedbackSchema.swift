internal import Store

extension Schema {
  static let feedback = Schema(
    module: "feedback",
    migrations: [
      Migration(
        1, "surveys and complaints",
        tables: [
          .survey, .answer, .complaint, .step,
        ])
    ])
}

extension Table {
  fileprivate static let survey = Table(
    "feedback_survey",
    columns: [
      .identity("id"),
      .bytes("visit").unique,
      .text("service"),
      .integer("answered"),
      .text("age").optional,
      .text("sex").optional,
      .text("education").optional,
      .text("work").optional,
      .integer("comment").optional,
    ],
    indexes: [
      .index("feedback_survey_answered", on: ["answered"])
    ])

  fileprivate static let answer = Table(
    "feedback_answer",
    columns: [
      .integer("survey").refers(to: "feedback_survey", "id"),
      .text("element"),
      .integer("score").check("score BETWEEN 1 AND 4"),
    ],
    key: ["survey", "element"])

  fileprivate static let complaint = Table(
    "feedback_complaint",
    columns: [
      .identity("id"),
      .text("number").unique,
      .text("submission").unique,
      .text("class"),
      .text("category"),
      .text("state"),
      .text("refusal").optional,
      .integer("subject"),
      .integer("received"),
      .text("verify_by"),
      .text("answer_by"),
      .integer("reply_days"),
      .integer("answered").optional,
    ],
    indexes: [
      .index("feedback_complaint_state", on: ["state", "answer_by"]),
      .index("feedback_complaint_subject", on: ["subject"]),
    ])

  fileprivate static let step = Table(
    "feedback_step",
    columns: [
      .identity("id"),
      .integer("complaint").refers(to: "feedback_complaint", "id"),
      .integer("at"),
      .text("state"),
      .text("actor"),
    ],
    indexes: [
      .index("feedback_step_complaint", on: ["complaint", "id"])
    ])
}
