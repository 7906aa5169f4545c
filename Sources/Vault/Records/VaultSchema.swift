import Store

extension Schema {
  /// The Vault's tables. What is personal stands in `wrapped`, `sealed` and `tag` columns only.
  static let vault = Schema(
    module: "vault",
    migrations: [
      Migration(
        1, "keys, records and audit",
        """
        CREATE TABLE vault_canary (
          id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
          sealed BLOB NOT NULL
        ) STRICT;

        CREATE TABLE vault_kek (
          version INTEGER PRIMARY KEY NOT NULL,
          wrapped BLOB NOT NULL,
          created INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE vault_subjects (
          subject INTEGER PRIMARY KEY NOT NULL,
          created INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE vault_data_keys (
          subject INTEGER PRIMARY KEY NOT NULL REFERENCES vault_subjects (subject),
          key_version INTEGER NOT NULL,
          kek_version INTEGER NOT NULL REFERENCES vault_kek (version),
          wrapped BLOB NOT NULL
        ) STRICT;
        CREATE INDEX vault_data_keys_by_kek ON vault_data_keys (kek_version, subject);

        CREATE TABLE vault_records (
          subject INTEGER NOT NULL REFERENCES vault_subjects (subject),
          kind TEXT NOT NULL,
          schema_version INTEGER NOT NULL,
          key_version INTEGER NOT NULL,
          sealed BLOB NOT NULL,
          PRIMARY KEY (subject, kind)
        ) STRICT;

        CREATE TABLE vault_blind_index (
          field TEXT NOT NULL,
          tag BLOB NOT NULL,
          subject INTEGER NOT NULL REFERENCES vault_subjects (subject),
          kind TEXT NOT NULL,
          PRIMARY KEY (field, tag, subject, kind)
        ) STRICT;
        CREATE INDEX vault_blind_index_by_subject ON vault_blind_index (subject, kind);

        CREATE TABLE vault_audit (
          seq INTEGER PRIMARY KEY NOT NULL,
          at INTEGER NOT NULL,
          principal TEXT NOT NULL,
          purpose TEXT NOT NULL,
          subject INTEGER NOT NULL,
          kind TEXT NOT NULL,
          outcome TEXT NOT NULL,
          chain BLOB NOT NULL
        ) STRICT;
        CREATE INDEX vault_audit_by_subject ON vault_audit (subject, seq);
        CREATE TRIGGER vault_audit_keeps_rows BEFORE UPDATE ON vault_audit
        BEGIN SELECT RAISE(ABORT, 'vault_audit is append-only'); END;
        CREATE TRIGGER vault_audit_loses_none BEFORE DELETE ON vault_audit
        BEGIN SELECT RAISE(ABORT, 'vault_audit is append-only'); END;

        CREATE TABLE vault_audit_head (
          id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
          seq INTEGER NOT NULL,
          chain BLOB NOT NULL,
          seal BLOB NOT NULL
        ) STRICT;
        """),
      Migration(
        2, "the key ring in a file of its own, erasures, openings, masked forms, retention",
        """
        DROP TABLE vault_data_keys;
        DROP TABLE vault_kek;

        -- The last batch of the key ring from which somebody was registered here.
        CREATE TABLE vault_key_ring (
          id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
          batch INTEGER NOT NULL
        ) STRICT;

        -- Erased people. Settled once the key ring has destroyed the key.
        CREATE TABLE vault_erasures (
          subject INTEGER PRIMARY KEY NOT NULL,
          erased INTEGER NOT NULL,
          gone_by TEXT NOT NULL,
          is_settled INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX vault_erasures_unsettled ON vault_erasures (subject) WHERE is_settled = 0;

        ALTER TABLE vault_records ADD COLUMN sealed_at INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE vault_records ADD COLUMN masked BLOB;
        CREATE INDEX vault_records_by_age ON vault_records (kind, sealed_at);

        CREATE TABLE vault_openings (
          seq INTEGER PRIMARY KEY AUTOINCREMENT,
          at INTEGER NOT NULL,
          principal TEXT NOT NULL,
          role TEXT NOT NULL,
          purpose TEXT NOT NULL,
          subject INTEGER NOT NULL,
          kind TEXT NOT NULL,
          fields TEXT NOT NULL,
          outcome TEXT NOT NULL,
          reason BLOB
        ) STRICT;
        CREATE INDEX vault_openings_by_subject ON vault_openings (subject, seq);
        CREATE INDEX vault_openings_break_glass ON vault_openings (seq) WHERE purpose = 'break-glass';

        CREATE TABLE vault_retention_runs (
          day TEXT PRIMARY KEY NOT NULL,
          at INTEGER NOT NULL,
          record_count INTEGER NOT NULL,
          person_count INTEGER NOT NULL
        ) STRICT;
        """),
      Migration(
        3, "the ledger, which keeps its own tables, in place of the audit",
        """
        DROP TABLE vault_audit;
        DROP TABLE vault_audit_head;
        """),
      Migration(
        4, "the written reasons of openings, in place of the list of openings, which the ledger is",
        """
        DROP TABLE vault_openings;

        CREATE TABLE vault_reasons (
          entry INTEGER PRIMARY KEY NOT NULL,
          subject INTEGER NOT NULL,
          key_version INTEGER NOT NULL,
          salt BLOB NOT NULL,
          sealed BLOB NOT NULL
        ) STRICT;
        CREATE INDEX vault_reasons_by_subject ON vault_reasons (subject);
        """),
      Migration(
        5, "what people agreed to, what their records said before, and who is restricted",
        """
        CREATE TABLE vault_consent_texts (
          id INTEGER PRIMARY KEY NOT NULL,
          matter TEXT NOT NULL,
          version INTEGER NOT NULL,
          language TEXT NOT NULL,
          text TEXT NOT NULL,
          UNIQUE (matter, version, language, text)
        ) STRICT;
        CREATE TABLE vault_consents (
          id INTEGER PRIMARY KEY NOT NULL,
          subject INTEGER NOT NULL,
          matter TEXT NOT NULL,
          text INTEGER NOT NULL REFERENCES vault_consent_texts (id),
          way TEXT NOT NULL,
          given_at INTEGER NOT NULL,
          withdrawn_at INTEGER,
          salt BLOB NOT NULL
        ) STRICT;
        CREATE INDEX vault_consents_by_subject ON vault_consents (subject, given_at);
        CREATE UNIQUE INDEX vault_consents_standing ON vault_consents (subject, matter) WHERE withdrawn_at IS NULL;

        CREATE TABLE vault_history (
          subject INTEGER NOT NULL,
          kind TEXT NOT NULL,
          revision INTEGER NOT NULL,
          schema_version INTEGER NOT NULL,
          key_version INTEGER NOT NULL,
          sealed BLOB NOT NULL,
          corrected_at INTEGER NOT NULL,
          fields TEXT NOT NULL,
          PRIMARY KEY (subject, kind, revision)
        ) STRICT;

        CREATE TABLE vault_restrictions (
          subject INTEGER PRIMARY KEY NOT NULL,
          since INTEGER NOT NULL
        ) STRICT;
        """),
      Migration(
        6, "what retention has announced",
        """
        CREATE TABLE vault_retention_announced (
          kind TEXT NOT NULL,
          before INTEGER NOT NULL,
          at INTEGER NOT NULL,
          PRIMARY KEY (kind, before)
        ) STRICT, WITHOUT ROWID;
        """),
    ])
}
