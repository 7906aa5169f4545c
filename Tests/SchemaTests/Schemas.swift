import Core

@testable import Store
@testable import Vault
@testable import gapura

/// Everything that Gapura keeps in databases.
enum Schemas {
  /// The modules' schemas, the key ring's among them.
  static let ofModules: [Schema] =
    Composition.moduleTypes.flatMap { ($0 as? any Persistent.Type)?.schemas ?? [] } + [.keyRing]

  /// All of it, as one list of changes.
  static let changes: [SchemaChange] =
    [.add(.migrations)] + ([.store] + ofModules).flatMap { $0.migrations.flatMap(\.changes) }
}
