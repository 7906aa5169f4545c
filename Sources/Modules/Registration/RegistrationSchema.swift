import Store

extension RegistrationModule {
  static let migrations = [
    Migration(
      1, "applications",
      """
      CREATE TABLE registration_application (
        number TEXT NOT NULL PRIMARY KEY,
        service TEXT NOT NULL,
        subject INTEGER NOT NULL,
        registered_at INTEGER NOT NULL,
        fee INTEGER NOT NULL,
        notice_version INTEGER NOT NULL,
        ending TEXT
      ) STRICT;
      CREATE INDEX registration_application_by_service ON registration_application (service);

      CREATE TABLE registration_fee (
        application TEXT NOT NULL REFERENCES registration_application (number),
        position INTEGER NOT NULL,
        code TEXT NOT NULL,
        amount INTEGER NOT NULL,
        PRIMARY KEY (application, position)
      ) STRICT;

      CREATE TABLE registration_submission (
        submission TEXT NOT NULL PRIMARY KEY,
        application TEXT NOT NULL REFERENCES registration_application (number),
        fingerprint BLOB,
        sent_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX registration_submission_by_time ON registration_submission (sent_at);
      """),
    Migration(
      2, "documents",
      """
      CREATE TABLE registration_document (
        application TEXT NOT NULL REFERENCES registration_application (number),
        slot TEXT NOT NULL,
        document INTEGER NOT NULL,
        PRIMARY KEY (application, slot)
      ) STRICT;
      """),
    Migration(
      3, "applications by their person",
      """
      CREATE INDEX registration_application_by_subject ON registration_application (subject);
      CREATE INDEX registration_submission_by_application ON registration_submission (application);
      """),
    Migration(
      4, "codes from a counter",
      """
      CREATE TABLE registration_code (
        application TEXT NOT NULL PRIMARY KEY REFERENCES registration_application (number),
        mark BLOB NOT NULL,
        expires_at INTEGER NOT NULL
      ) STRICT;
      """),
    Migration(
      5, "what was sent today",
      """
      CREATE TABLE registration_upload (
        day TEXT NOT NULL,
        sender TEXT NOT NULL,
        byte_count INTEGER NOT NULL,
        PRIMARY KEY (day, sender)
      ) STRICT;
      """),
  ]
}
