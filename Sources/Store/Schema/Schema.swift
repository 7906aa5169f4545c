public import Core

/// The tables of one module, as the ordered steps that make them.
public struct Schema: Sendable {
  /// The module's name: the prefix of its tables.
  public let module: String
  /// The steps in their order, numbered 1, 2, 3, ….
  public let migrations: [Migration]

  /// A module's steps; the migrator checks their numbers and names before it runs one.
  public init(module: String, migrations: [Migration]) {
    self.module = module
    self.migrations = migrations
  }
}

/// One step; once delivered it never changes, and the next step has the next number.
///
/// Every table and index carries the prefix `module_`, and foreign keys stay within the module.
public struct Migration: Sendable {
  /// Its place in the module's order, from 1.
  public let number: Int
  /// What it does, in a few words for the table of what was applied.
  public let name: StaticString
  let changes: [SchemaChange]

  /// A step of changes that are made in one transaction, in their order.
  public init(_ number: Int, _ name: StaticString, _ changes: [SchemaChange]) {
    self.number = number
    self.name = name
    self.changes = changes
  }

  /// A step that makes tables; they may refer to one another in any order.
  public init(_ number: Int, _ name: StaticString, tables: [Table]) {
    self.init(number, name, tables.map(SchemaChange.add))
  }

  /// FNV-1a, in hexadecimal, of how SQLite is told of it, with every engine: it finds a careless change, and guards
  /// against no enemy.
  var checksum: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for statement in SQLiteDialect.statements(for: changes) {
      for byte in Array(statement.text.utf8) + [0x3b] { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    }
    return String(hash, radix: 16)
  }
}

/// A module that keeps tables.
public protocol Persistent: Module {
  /// Its own tables.
  static var schema: Schema { get }

  /// All of its tables, in the order in which they are made: those of what the module stands on come before its own.
  static var schemas: [Schema] { get }
}

extension Persistent {
  /// Its own alone, for a module that stands on no other's.
  public static var schemas: [Schema] { [schema] }
}
