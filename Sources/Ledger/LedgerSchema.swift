import Contracts
public import Store

extension Schema {
  /// The ledger's tables. Entries and heads are only ever added.
  public static let ledger = Schema(
    module: "ledger",
    migrations: [
      Migration(
        1, "entries, the tree over them, heads and receipts",
        tables: [
          .entries, .nodes, .tip, .heads, .receipts,
        ])
    ])
}

extension Table {
  fileprivate static let entries = Table(
    "ledger_entries",
    columns: [
      .integer("entry").key,
      .integer("at"),
      .text("kind"),
      .text("principal"),
      .integer("subject").optional,
      .text("facts"),
      .bytes("leaf"),
      .bytes("mark"),
    ],
    indexes: [
      .index("ledger_entries_by_subject", on: ["subject", "entry"], where: "subject IS NOT NULL"),
      .index("ledger_entries_by_kind", on: ["kind", "entry"], where: "kind <> \(literal: LedgerKind.opening)"),
    ],
    isAppendOnly: true)

  fileprivate static let nodes = Table(
    "ledger_nodes",
    columns: [
      .integer("level"),
      .integer("place"),
      .bytes("hash"),
    ],
    key: ["level", "place"])

  fileprivate static let tip = Table(
    "ledger_tip",
    columns: [
      .single("id"),
      .integer("size"),
      .integer("head_size"),
      .bytes("peaks"),
      .bytes("seal"),
    ])

  fileprivate static let heads = Table(
    "ledger_heads",
    columns: [
      .integer("size").key,
      .integer("at"),
      .integer("previous_size"),
      .bytes("root"),
      .bytes("signature"),
    ],
    isAppendOnly: true)

  fileprivate static let receipts = Table(
    "ledger_receipts",
    columns: [
      .integer("entry").key.refers(to: "ledger_entries", "entry"),
      .text("matter"),
      .text("reference"),
      .text("day").optional,
      .bytes("salt"),
    ],
    indexes: [
      .index("ledger_receipts_by_reference", on: ["matter", "reference", "entry"])
    ])
}
