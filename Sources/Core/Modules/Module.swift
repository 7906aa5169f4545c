/// One part of the program that can be left out: a target with one type that conforms to this.
///
/// What it adds to each face is said by further protocols on the floors where those faces are:
/// `Persistent` (Store), `WebFacing` (Web), `Commanding` and `Observed` (Contracts).
public protocol Module: Sendable {
  /// The name in `gapura.json5`, and the prefix of its tables: lower-case, one word.
  static var name: String { get }
  /// The services it puts into the registry.
  static var provides: [ServiceKey] { get }
  /// The services without which it cannot work; a missing one is an error at start.
  static var requires: [ServiceKey] { get }
  /// The services it makes use of where they are there.
  static var uses: [ServiceKey] { get }

  /// Makes the module; takes from `services` what it requires and uses, and stores them.
  init(services: ServiceRegistry) throws

  /// Puts what it `provides` into the registry.
  func provide(to services: inout ServiceRegistry)

  /// Called in dependency order, after the schema is in place and before anyone is served.
  func start() async throws

  /// Called in reverse order when the program ends.
  func stop() async

  /// What it reads again when its configuration has changed; health says what was refused, and why.
  var configuration: [any ReloadableFile] { get }

  /// Reads its `configuration` again, and does what follows from a change. A broken file is thrown, and what was in force
  /// stays in force.
  func reload() async throws
}

extension Module {
  /// Nothing, for a module that only adds to faces.
  public static var provides: [ServiceKey] { [] }
  /// Nothing, for a module that can work alone.
  public static var requires: [ServiceKey] { [] }
  /// Nothing, for a module that makes use of no other.
  public static var uses: [ServiceKey] { [] }
  /// Puts nothing there.
  public func provide(to services: inout ServiceRegistry) {}
  /// Does nothing.
  public func start() async throws {}
  /// Does nothing.
  public func stop() async {}
  /// Nothing, for a module without a file of its own.
  public var configuration: [any ReloadableFile] { [] }
  /// Reads its `configuration`, from which nothing else follows.
  public func reload() async throws { try configuration.reload() }
}
