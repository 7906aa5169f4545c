public import Store

extension Schema {
  /// The ledger's tables. Entries and heads are only ever added.
  public static let ledger = Schema(
    module: "ledger",
    migrations: [
      Migration(
        1, "entries, the tree over them, heads and receipts",
        """
        CREATE TABLE ledger_entries (
          entry INTEGER PRIMARY KEY NOT NULL,
          at INTEGER NOT NULL,
          kind TEXT NOT NULL,
          principal TEXT NOT NULL,
          subject INTEGER,
          facts TEXT NOT NULL,
          leaf BLOB NOT NULL,
          mark BLOB NOT NULL
        ) STRICT;
        CREATE INDEX ledger_entries_by_subject ON ledger_entries (subject, entry) WHERE subject IS NOT NULL;
        CREATE INDEX ledger_entries_by_kind ON ledger_entries (kind, entry) WHERE kind <> 'opening';
        CREATE TRIGGER ledger_entries_keep_rows BEFORE UPDATE ON ledger_entries
        BEGIN SELECT RAISE(ABORT, 'ledger_entries is append-only'); END;
        CREATE TRIGGER ledger_entries_lose_none BEFORE DELETE ON ledger_entries
        BEGIN SELECT RAISE(ABORT, 'ledger_entries is append-only'); END;

        CREATE TABLE ledger_nodes (
          level INTEGER NOT NULL,
          place INTEGER NOT NULL,
          hash BLOB NOT NULL,
          PRIMARY KEY (level, place)
        ) STRICT;

        CREATE TABLE ledger_tip (
          id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
          size INTEGER NOT NULL,
          head_size INTEGER NOT NULL,
          peaks BLOB NOT NULL,
          seal BLOB NOT NULL
        ) STRICT;

        CREATE TABLE ledger_heads (
          size INTEGER PRIMARY KEY NOT NULL,
          at INTEGER NOT NULL,
          previous_size INTEGER NOT NULL,
          root BLOB NOT NULL,
          signature BLOB NOT NULL
        ) STRICT;
        CREATE TRIGGER ledger_heads_keep_rows BEFORE UPDATE ON ledger_heads
        BEGIN SELECT RAISE(ABORT, 'ledger_heads is append-only'); END;
        CREATE TRIGGER ledger_heads_lose_none BEFORE DELETE ON ledger_heads
        BEGIN SELECT RAISE(ABORT, 'ledger_heads is append-only'); END;

        CREATE TABLE ledger_receipts (
          entry INTEGER PRIMARY KEY NOT NULL REFERENCES ledger_entries (entry),
          matter TEXT NOT NULL,
          reference TEXT NOT NULL,
          day TEXT,
          salt BLOB NOT NULL
        ) STRICT;
        CREATE INDEX ledger_receipts_by_reference ON ledger_receipts (matter, reference, entry);
        """)
    ])
}
