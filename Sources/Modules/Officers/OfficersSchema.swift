internal import Store

extension Schema {
  static let officers = Schema(
    module: "officers",
    migrations: [
      Migration(
        1, "accounts, sessions, sign-ins",
        """
        CREATE TABLE officers_account (
          id INTEGER PRIMARY KEY NOT NULL,
          username TEXT NOT NULL UNIQUE,
          display_name TEXT,
          role TEXT NOT NULL CHECK (role IN ('clerk', 'supervisor')),
          password TEXT NOT NULL,
          must_change INTEGER NOT NULL CHECK (must_change IN (0, 1)),
          is_disabled INTEGER NOT NULL CHECK (is_disabled IN (0, 1)),
          created INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE officers_session (
          hash BLOB PRIMARY KEY NOT NULL,
          account INTEGER NOT NULL REFERENCES officers_account (id),
          signed_in INTEGER NOT NULL,
          last_used INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX officers_session_account ON officers_session (account, last_used);
        CREATE TABLE officers_signin (
          id INTEGER PRIMARY KEY NOT NULL,
          at INTEGER NOT NULL,
          account INTEGER REFERENCES officers_account (id),
          outcome TEXT NOT NULL,
          address TEXT NOT NULL
        ) STRICT;
        CREATE INDEX officers_signin_at ON officers_signin (at);
        CREATE TABLE officers_delay (
          subject BLOB PRIMARY KEY NOT NULL,
          failures INTEGER NOT NULL CHECK (failures >= 0),
          last_failed INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX officers_delay_last_failed ON officers_delay (last_failed);
        """),
      Migration(
        2, "browsers in which somebody has signed in",
        """
        CREATE TABLE officers_device (
          hash BLOB NOT NULL,
          account INTEGER NOT NULL REFERENCES officers_account (id),
          signed_in INTEGER NOT NULL,
          PRIMARY KEY (account, hash)
        ) STRICT, WITHOUT ROWID;
        -- Counted by user name alone until now: such a count would keep the account's holder out.
        DELETE FROM officers_delay;
        """),
      Migration(
        3, "first passwords end",
        """
        ALTER TABLE officers_account ADD COLUMN initial_until INTEGER;
        -- When one was drawn was not kept: at the earliest with its account.
        UPDATE officers_account SET initial_until = created + 259200000 WHERE must_change = 1;
        """),
    ])
}
