import Store

extension Schema {
  /// The Vault's tables. What is personal stands in `wrapped`, `sealed` and `tag` columns only.
  static let vault = Schema(
    module: "vault",
    migrations: [
      Migration(
        1, "the tables of the Vault",
        tables: [
          .canary, .subjects, .records, .blindIndex, .keyRing, .erasures, .retentionRuns, .reasons, .consentTexts,
          .consents, .history, .restrictions, .retentionAnnounced,
        ])
    ])
}

extension Table {
  fileprivate static let canary = Table(
    "vault_canary",
    columns: [
      .single("id"),
      .bytes("sealed"),
    ])

  fileprivate static let subjects = Table(
    "vault_subjects",
    columns: [
      .integer("subject").key,
      .integer("created"),
    ])

  fileprivate static let records = Table(
    "vault_records",
    columns: [
      .integer("subject").refers(to: "vault_subjects", "subject"),
      .text("kind"),
      .integer("schema_version"),
      .integer("key_version"),
      .bytes("sealed"),
      .integer("sealed_at").defaulting(to: 0),
      .bytes("masked").optional,
    ],
    key: ["subject", "kind"],
    indexes: [
      .index("vault_records_by_age", on: ["kind", "sealed_at"])
    ])

  fileprivate static let blindIndex = Table(
    "vault_blind_index",
    columns: [
      .text("field"),
      .bytes("tag"),
      .integer("subject").refers(to: "vault_subjects", "subject"),
      .text("kind"),
    ],
    key: ["field", "tag", "subject", "kind"],
    indexes: [
      .index("vault_blind_index_by_subject", on: ["subject", "kind"])
    ])

  /// The last batch of the key ring from which a person was registered here.
  fileprivate static let keyRing = Table(
    "vault_key_ring",
    columns: [
      .single("id"),
      .integer("batch"),
    ])

  /// Erased people. Settled once the key ring has destroyed the key.
  fileprivate static let erasures = Table(
    "vault_erasures",
    columns: [
      .integer("subject").key,
      .integer("erased"),
      .text("gone_by"),
      .integer("is_settled"),
    ],
    indexes: [
      .index("vault_erasures_unsettled", on: ["subject"], where: "is_settled = 0")
    ])

  fileprivate static let retentionRuns = Table(
    "vault_retention_runs",
    columns: [
      .text("day").key,
      .integer("at"),
      .integer("record_count"),
      .integer("person_count"),
    ])

  /// The written reasons of openings.
  fileprivate static let reasons = Table(
    "vault_reasons",
    columns: [
      .integer("entry").key,
      .integer("subject"),
      .integer("key_version"),
      .bytes("salt"),
      .bytes("sealed"),
    ],
    indexes: [
      .index("vault_reasons_by_subject", on: ["subject"])
    ])

  fileprivate static let consentTexts = Table(
    "vault_consent_texts",
    columns: [
      .identity("id"),
      .text("matter"),
      .integer("version"),
      .text("language"),
      .text("text"),
    ],
    unique: [["matter", "version", "language", "text"]])

  fileprivate static let consents = Table(
    "vault_consents",
    columns: [
      .identity("id"),
      .integer("subject"),
      .text("matter"),
      .integer("text").refers(to: "vault_consent_texts", "id"),
      .text("way"),
      .integer("given_at"),
      .integer("withdrawn_at").optional,
      .bytes("salt"),
    ],
    indexes: [
      .index("vault_consents_by_subject", on: ["subject", "given_at"]),
      .unique("vault_consents_standing", on: ["subject", "matter"], where: "withdrawn_at IS NULL"),
    ])

  /// What records said before they were corrected.
  fileprivate static let history = Table(
    "vault_history",
    columns: [
      .integer("subject"),
      .text("kind"),
      .integer("revision"),
      .integer("schema_version"),
      .integer("key_version"),
      .bytes("sealed"),
      .integer("corrected_at"),
      .text("fields"),
    ],
    key: ["subject", "kind", "revision"])

  fileprivate static let restrictions = Table(
    "vault_restrictions",
    columns: [
      .integer("subject").key,
      .integer("since"),
    ])

  /// What retention has announced.
  fileprivate static let retentionAnnounced = Table(
    "vault_retention_announced",
    columns: [
      .text("kind"),
      .integer("before"),
      .integer("at"),
    ],
    key: ["kind", "before"])
}
