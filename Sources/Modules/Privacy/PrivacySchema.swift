import Store

extension PrivacyModule {
  static let migrations = [
    Migration(
      1, "requests",
      """
      CREATE TABLE privacy_request (
        code TEXT NOT NULL PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        application TEXT NOT NULL,
        subject INTEGER NOT NULL,
        received_at INTEGER NOT NULL,
        due_at INTEGER NOT NULL,
        received_by TEXT NOT NULL,
        state TEXT NOT NULL,
        identity TEXT,
        refusal TEXT,
        decided_at INTEGER,
        decided_by TEXT,
        gone_by TEXT
      ) STRICT;
      CREATE UNIQUE INDEX privacy_request_open ON privacy_request (subject, kind) WHERE state = 'open';
      CREATE INDEX privacy_request_by_subject ON privacy_request (subject, received_at);
      CREATE INDEX privacy_request_by_deadline ON privacy_request (state, due_at);
      """),
    Migration(
      2, "what a request reaches besides the application",
      """
      CREATE TABLE privacy_request_reach (
        request TEXT NOT NULL REFERENCES privacy_request (code),
        subject INTEGER NOT NULL,
        PRIMARY KEY (request, subject)
      ) STRICT;
      """),
    Migration(
      3, "what an erasure ended was not carried out",
      """
      UPDATE privacy_request SET state = 'lapsed'
      WHERE state = 'carried-out' AND decided_by = 'system:privacy' AND kind <> 'withdrawal';
      """),
  ]
}
