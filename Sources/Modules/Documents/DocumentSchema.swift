import Store

extension Schema {
  /// The documents; what is personal is in the sealed files alone.
  static let documents = Schema(
    module: "documents",
    migrations: [
      Migration(
        1, "documents",
        tables: [
          .document, .count, .leaving, .digest,
        ])
    ])
}

extension Table {
  fileprivate static let document = Table(
    "documents_document",
    columns: [
      .integer("document").key,
      .integer("subject"),
      .text("name").unique,
      .text("type"),
      .integer("byte_count"),
      .integer("key_version"),
      .text("state"),
      .integer("received_at"),
    ],
    indexes: [
      .index("documents_document_by_subject", on: ["subject", "document"]),
      .index("documents_document_by_state", on: ["state", "received_at"]),
    ])

  /// How many documents are in each state, changed with each of them: no page counts all there are.
  fileprivate static let count = Table(
    "documents_count",
    columns: [
      .text("state").key,
      .integer("documents"),
    ])

  fileprivate static let leaving = Table(
    "documents_leaving",
    columns: [
      .text("name").key
    ])

  /// SHA-256 over a sealed file, by which a copy of it can be checked without a key. A file
  /// without one gets its own when a round has opened it to its end.
  fileprivate static let digest = Table(
    "documents_digest",
    columns: [
      .integer("document").key,
      .bytes("digest"),
    ])
}
