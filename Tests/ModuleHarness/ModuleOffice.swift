public import Contracts
public import Core
internal import Foundation
public import Store

/// An office for one module in a test: a real database file, a clock that is moved by hand, repeatable
/// random numbers, the shipped words, and whatever services the test hands in.
public final class ModuleOffice: Sendable {
  /// Monday, 23 November 2026, 09:00 WIB.
  public static let start = Instant(milliseconds: 1_795_399_200_000)

  public let clock = ManualClock(ModuleOffice.start)
  public let random: SeededRandom
  public let store: Store
  public let locales: Locales
  public let office: Office
  private let directory: String

  public init(seed: UInt64 = 1, counterCount: Int = 1) throws {
    office = Office(
      name: LocalizedText([.indonesian: "Kantor Imigrasi Contoh", .english: "Sample Immigration Office"]), zone: .wib,
      address: "Jalan Contoh 1", telephone: "+62 721 000",
      counters: (1...counterCount).map { Office.Counter(number: $0, services: []) }, acceptsSpecimens: true)
    random = SeededRandom(seed: seed)
    directory = FileManager.default.temporaryDirectory.appendingPathComponent("gapura-\(UUID().uuidString)").path
    store = try Store.open(at: directory + "/gapura.db", readers: 2, clock: clock, log: SilentLog())
    locales = try Locales.load(directory: Self.repository + "/share/locales")
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  /// The root of the sources.
  public static var repository: String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
  }

  /// Every byte of the database and of its write-ahead log, to be searched for what must not be there.
  public func databaseBytes() throws -> [UInt8] {
    try ["", "-wal"].flatMap { suffix in
      let path = directory + "/gapura.db" + suffix
      return FileManager.default.fileExists(atPath: path) ? Array(try Data(contentsOf: URL(filePath: path))) : []
    }
  }

  /// The platform's services.
  public func services() -> ServiceRegistry {
    var services = ServiceRegistry()
    services.provide(Store.self, store)
    services.provide((any WallClock).self, clock)
    services.provide((any RandomSource).self, random)
    services.provide((any Log).self, SilentLog())
    services.provide(LookUpGuard.self, LookUpGuard(clock: clock, log: SilentLog(), missTime: .zero))
    services.provide(Locales.self, locales)
    services.provide(Office.self, office)
    services.provide(
      PasswordListsDirectory.self, PasswordListsDirectory(path: Self.repository + "/share/passwords"))
    services.provide((any EndService).self, Ends())
    return services
  }

  /// Makes the module with the platform's services and those that `add` puts in, its tables in place, and starts it.
  public func open<M: Persistent>(_ type: M.Type, _ add: (inout ServiceRegistry) -> Void = { _ in }) async throws -> M {
    var services = services()
    add(&services)
    try await store.migrate(M.schemas)
    let module = try M(services: services)
    try await module.start()
    return module
  }
}
