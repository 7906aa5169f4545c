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
        """)
    ])
}
