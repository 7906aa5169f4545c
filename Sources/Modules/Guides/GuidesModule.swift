internal import Contracts
public import Core
internal import HTML
public import Web

/// The portal's own texts, read from `share/guides`: questions and answers, the accessibility statement, what becomes
/// of people's data, how people prove who they are, and a search over these and the services. And how officers sign in.
public struct GuidesModule: Module {
  /// The name in the office's configuration; the module keeps no tables.
  public static let name = "guides"
  /// The directory of the texts.
  public static var requires: [ServiceKey] { [ServiceKey(GuidesDirectory.self)] }
  /// The services, which the search finds too where they are there.
  public static var uses: [ServiceKey] { [ServiceKey((any CatalogueService).self)] }

  private let pages: GuidePages

  /// - Throws: `ConfigurationProblem` when a text is broken or missing.
  public init(services: ServiceRegistry) throws {
    pages = GuidePages(
      guides: try GuideTexts(reading: services.require(GuidesDirectory.self)),
      catalogue: services.find((any CatalogueService).self))
  }
}

extension GuidesModule: WebFacing {
  /// The texts' pages and the search.
  public func routes() -> [Route] { pages.routes() }

  /// The links at the foot of each page, and the page to which officers' pages lead.
  public func navigation() -> [NavigationEntry] {
    [
      NavigationEntry(.foot, "guides.search.title", "/cari", order: 10),
      NavigationEntry(.foot, "guides.questions", "/tanya-jawab", order: 20),
      NavigationEntry(.foot, "guides.accessibility", "/aksesibilitas", order: 30),
      NavigationEntry(.foot, "guides.privacy", "/privasi", order: 40),
      NavigationEntry(.foot, "guides.proof", "/cara-membuktikan", order: 50),
      NavigationEntry(.unlisted, "guides.officers", "/petugas/petunjuk", order: 60),
    ]
  }
}
