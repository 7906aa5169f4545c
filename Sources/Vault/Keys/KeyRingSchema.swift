import Store

extension Schema {
  /// The key ring's tables, in a file of their own. What is secret stands in `wrapped` columns only.
  static let keyRing = Schema(
    module: "keyring",
    migrations: [
      Migration(
        1, "root keys, wrapped keys and tombstones",
        tables: [
          .roots, .keks, .keys, .prepared, .batch, .tombstones, .rotation,
        ])
    ])
}

extension Table {
  /// Each root key under which this ring opens: one, or two while one takes the other's place.
  fileprivate static let roots = Table(
    "keyring_roots",
    columns: [
      .bytes("root").key,
      .integer("ordinal"),
      .bytes("canary"),
      .bytes("office_key"),
      .integer("created"),
    ])

  fileprivate static let keks = Table(
    "keyring_keks",
    columns: [
      .integer("version"),
      .bytes("root").refers(to: "keyring_roots", "root"),
      .bytes("wrapped"),
      .integer("created"),
    ],
    key: ["version", "root"])

  fileprivate static let keys = Table(
    "keyring_keys",
    columns: [
      .integer("subject").key,
      .integer("key_version"),
      .integer("kek_version"),
      .bytes("wrapped"),
    ])

  /// Keys made ahead of the people who will get them, until a start has seen whether they did.
  fileprivate static let prepared = Table(
    "keyring_prepared",
    columns: [
      .integer("subject").key,
      .integer("batch"),
    ])

  fileprivate static let batch = Table(
    "keyring_batch",
    columns: [
      .single("id"),
      .integer("batch"),
    ])

  /// What stands in place of a destroyed key.
  fileprivate static let tombstones = Table(
    "keyring_tombstones",
    columns: [
      .integer("subject").key,
      .integer("erased"),
      .text("gone_by"),
    ])

  /// The rotation under way, so that it goes on where it was killed.
  fileprivate static let rotation = Table(
    "keyring_rotation",
    columns: [
      .single("id"),
      .integer("target"),
      .integer("position"),
      .integer("done"),
      .integer("total"),
    ])
}
