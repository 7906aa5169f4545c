extension Schema {
  /// Store's own tables.
  static let store = Schema(
    module: "store",
    migrations: [
      Migration(
        1, "journal, clock and commits",
        """
        CREATE TABLE store_events (
          sequence INTEGER PRIMARY KEY NOT NULL,
          instant INTEGER NOT NULL,
          kind TEXT NOT NULL,
          entity TEXT NOT NULL,
          payload TEXT NOT NULL
        ) STRICT;
        -- The number of the newest event, which the next one's transaction changes.
        CREATE TABLE store_stream (
          id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
          sequence INTEGER NOT NULL
        ) STRICT;
        INSERT INTO store_stream (id, sequence) VALUES (1, 0);
        CREATE TABLE store_positions (
          subscriber TEXT PRIMARY KEY NOT NULL,
          sequence INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE store_probe (
          number INTEGER PRIMARY KEY NOT NULL
        ) STRICT;
        CREATE TABLE store_clock (
          id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
          wall INTEGER NOT NULL,
          uptime INTEGER NOT NULL,
          boot TEXT
        ) STRICT;
        CREATE TABLE store_commits (
          id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
          number INTEGER NOT NULL
        ) STRICT;
        INSERT INTO store_commits (id, number) VALUES (1, 0);
        """)
    ])
}
