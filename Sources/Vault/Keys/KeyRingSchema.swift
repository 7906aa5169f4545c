import Store

extension Schema {
  /// The key ring's tables, in a file of their own. What is secret stands in `wrapped` columns only.
  static let keyRing = Schema(
    module: "keyring",
    migrations: [
      Migration(
        1, "root keys, wrapped keys and tombstones",
        """
        -- Each root key under which this ring opens: one, or two while one takes the other's place.
        CREATE TABLE keyring_roots (
          root BLOB PRIMARY KEY NOT NULL,
          place INTEGER NOT NULL,
          canary BLOB NOT NULL,
          house BLOB NOT NULL,
          created INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE keyring_keks (
          version INTEGER NOT NULL,
          root BLOB NOT NULL REFERENCES keyring_roots (root),
          wrapped BLOB NOT NULL,
          created INTEGER NOT NULL,
          PRIMARY KEY (version, root)
        ) STRICT;

        CREATE TABLE keyring_keys (
          subject INTEGER PRIMARY KEY NOT NULL,
          key_version INTEGER NOT NULL,
          kek_version INTEGER NOT NULL,
          wrapped BLOB NOT NULL
        ) STRICT;

        -- Keys made ahead of the people who will get them, until a start has seen whether they did.
        CREATE TABLE keyring_prepared (
          subject INTEGER PRIMARY KEY NOT NULL,
          batch INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE keyring_batch (
          id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
          batch INTEGER NOT NULL
        ) STRICT;

        -- In place of a destroyed key.
        CREATE TABLE keyring_tombstones (
          subject INTEGER PRIMARY KEY NOT NULL,
          erased INTEGER NOT NULL,
          gone_by TEXT NOT NULL
        ) STRICT;

        -- The rotation under way, so that it goes on where it was killed.
        CREATE TABLE keyring_rotation (
          id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
          target INTEGER NOT NULL,
          position INTEGER NOT NULL,
          done INTEGER NOT NULL,
          total INTEGER NOT NULL
        ) STRICT;
        """)
    ])
}
