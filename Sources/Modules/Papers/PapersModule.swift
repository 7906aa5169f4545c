import Contracts
public import Core
public import Store
public import Web

/// The random bits in the QR codes of receipts, tickets and appointments, and the page that exchanges them.
public struct PapersModule: Module, Persistent {
  /// The prefix of its table.
  public static let name = "papers"
  /// The codes for papers, which other modules print.
  public static let provides = [ServiceKey((any PaperLinks).self)]
  /// The random source that draws codes, the keyed hash of their marks, and the store.
  public static let requires = [
    ServiceKey(Store.self), ServiceKey((any WallClock).self), ServiceKey((any RandomSource).self),
    ServiceKey((any KeyedHash).self),
  ]
  /// Where the ends of applications are told, with which their codes end.
  public static let uses = [ServiceKey((any EndService).self)]
  /// One table, of the codes' marks; the codes themselves are not kept.
  public static let schema = Schema(module: name, migrations: migrations)

  private let papers: Papers
  private let pages: PaperPages

  /// Ends the codes of an application with it, from now on.
  public init(services: ServiceRegistry) {
    let (hash, clock) = (services.require((any KeyedHash).self), services.require((any WallClock).self))
    papers = Papers(
      store: services.require(Store.self), hash: hash, clock: clock,
      random: services.require((any RandomSource).self))
    pages = PaperPages(papers: papers, pass: .ofPaper(hash: hash, clock: clock))
    services.find((any EndService).self)?.whenEnded { [papers] end, transaction in
      if case .application(let number, _) = end { try papers.end(.application(number), in: transaction) }
    }
  }

  /// Puts the codes' service there.
  public func provide(to services: inout ServiceRegistry) { services.provide((any PaperLinks).self, papers) }
}

extension PapersModule: WebFacing {
  /// The page to which a paper's QR code leads, and the exchange of the code for the page that it is about.
  public func routes() -> [Route] { pages.routes }
}

extension PapersModule {
  static let migrations = [
    Migration(
      1, "codes of papers",
      tables: [
        .code
      ])
  ]
}

extension Table {
  fileprivate static let code = Table(
    "papers_code",
    columns: [
      .bytes("mark").key,
      .text("kind"),
      .text("reference"),
      .bytes("salt"),
      .integer("expires_at"),
    ],
    unique: [["kind", "reference"]],
    indexes: [
      .index("papers_code_by_expiry", on: ["expires_at"])
    ])
}
