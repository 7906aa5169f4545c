import Store

extension Schema {
  /// The documents; what is personal is in the sealed files alone.
  static let documents = Schema(
    module: "documents",
    migrations: [
      Migration(
        1, "documents",
        """
        CREATE TABLE documents_document (
          document INTEGER PRIMARY KEY NOT NULL,
          subject INTEGER NOT NULL,
          name TEXT NOT NULL UNIQUE,
          type TEXT NOT NULL,
          byte_count INTEGER NOT NULL,
          key_version INTEGER NOT NULL,
          state TEXT NOT NULL,
          received_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX documents_document_by_subject ON documents_document (subject, document);
        CREATE INDEX documents_document_by_state ON documents_document (state, received_at);

        CREATE TABLE documents_leaving (
          name TEXT PRIMARY KEY NOT NULL
        ) STRICT;
        """),
      Migration(
        2, "digests of the sealed files",
        """
        -- SHA-256 over a sealed file, so that who copies it can tell without a key whether it is as it was written. Files of
        -- before this table get theirs when a round has opened them to their end.
        CREATE TABLE documents_digest (
          document INTEGER PRIMARY KEY NOT NULL,
          digest BLOB NOT NULL
        ) STRICT;
        """),
    ])
}
