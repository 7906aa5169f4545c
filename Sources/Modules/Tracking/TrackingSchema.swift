import Store

extension TrackingModule {
  static let migrations = [
    Migration(
      1, "cases",
      """
      CREATE TABLE tracking_case (
        number TEXT NOT NULL PRIMARY KEY,
        subject INTEGER NOT NULL,
        service TEXT NOT NULL,
        stage TEXT NOT NULL,
        position INTEGER NOT NULL,
        entered_at INTEGER NOT NULL,
        promised_for TEXT,
        ending TEXT
      ) STRICT;
      CREATE INDEX tracking_case_by_stage ON tracking_case (service, stage, entered_at) WHERE ending IS NULL;

      CREATE TABLE tracking_step (
        number TEXT NOT NULL REFERENCES tracking_case (number),
        position INTEGER NOT NULL,
        stage TEXT NOT NULL,
        entered_at INTEGER NOT NULL,
        entered_by TEXT NOT NULL,
        promised_for TEXT,
        takes_back INTEGER NOT NULL,
        PRIMARY KEY (number, position)
      ) STRICT;
      CREATE TRIGGER tracking_step_stays BEFORE UPDATE ON tracking_step
      BEGIN SELECT RAISE(ABORT, 'a step of an application never changes'); END;
      CREATE TRIGGER tracking_step_remains BEFORE DELETE ON tracking_step
      BEGIN SELECT RAISE(ABORT, 'a step of an application never goes'); END;

      CREATE TABLE tracking_place (
        service TEXT NOT NULL,
        stage TEXT NOT NULL,
        PRIMARY KEY (service, stage)
      ) STRICT;
      """)
  ]
}
