internal import Store

extension Schema {
  static let feedback = Schema(
    module: "feedback",
    migrations: [
      Migration(
        1, "surveys and complaints",
        """
        CREATE TABLE feedback_survey (
          id INTEGER PRIMARY KEY NOT NULL,
          visit BLOB NOT NULL UNIQUE,
          service TEXT NOT NULL,
          answered INTEGER NOT NULL,
          age TEXT,
          sex TEXT,
          education TEXT,
          work TEXT,
          comment INTEGER
        ) STRICT;
        CREATE INDEX feedback_survey_answered ON feedback_survey (answered);
        CREATE TABLE feedback_answer (
          survey INTEGER NOT NULL REFERENCES feedback_survey (id),
          element TEXT NOT NULL,
          score INTEGER NOT NULL CHECK (score BETWEEN 1 AND 4),
          PRIMARY KEY (survey, element)
        ) STRICT;
        CREATE TABLE feedback_complaint (
          id INTEGER PRIMARY KEY NOT NULL,
          number TEXT NOT NULL UNIQUE,
          submission TEXT NOT NULL UNIQUE,
          class TEXT NOT NULL,
          category TEXT NOT NULL,
          state TEXT NOT NULL,
          refusal TEXT,
          subject INTEGER NOT NULL,
          received INTEGER NOT NULL,
          verify_by TEXT NOT NULL,
          answer_by TEXT NOT NULL,
          reply_days INTEGER NOT NULL,
          answered INTEGER
        ) STRICT;
        CREATE INDEX feedback_complaint_state ON feedback_complaint (state, answer_by);
        CREATE TABLE feedback_step (
          id INTEGER PRIMARY KEY NOT NULL,
          complaint INTEGER NOT NULL REFERENCES feedback_complaint (id),
          at INTEGER NOT NULL,
          state TEXT NOT NULL,
          actor TEXT NOT NULL
        ) STRICT;
        CREATE INDEX feedback_step_complaint ON feedback_step (complaint, id);
        """),
      Migration(
        2, "complaints by their person",
        "CREATE INDEX feedback_complaint_subject ON feedback_complaint (subject);"),
    ])
}
