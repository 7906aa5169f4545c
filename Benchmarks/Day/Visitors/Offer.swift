internal import Client
internal import Core

/// What the office offers, as its pages say.
struct Offer: Sendable {
  /// One service.
  struct Service: Sendable {
    let code: String
    let isForForeigners: Bool
    let isOnWeb: Bool
    /// As pages and kiosks show it, by language.
    let names: [Language: String]
    /// The stages in order, as the page names them, by language.
    let stages: [Language: [String]]
  }

  let all: [Service]

  /// Codes, in the order of the list.
  func services(forForeigners: Bool, onWeb: Bool) -> [String] {
    all.filter { $0.isForForeigners == forForeigners && ($0.isOnWeb || !onWeb) }.map(\.code)
  }

  func service(_ code: String) -> Service? { all.first { $0.code == code } }
}

/// Reads what the office offers from its public pages, in both languages.
struct OfferReader {
  private static let languages = [Language.indonesian, .english]

  let address: ServerAddress
  let measurements: Measurements

  func read() async throws -> Offer {
    var services: [Offer.Service] = []
    for code in try await codes() { services.append(try await service(code)) }
    guard services.contains(where: \.isOnWeb) else { throw Trouble("the office offers nothing on the web") }
    return Offer(all: services)
  }

  private func codes() async throws -> [String] {
    let surfer = surfer(.indonesian)
    let home = try await surfer.open("/")
    let list = try await surfer.open(home.link("/layanan"))
    let prefix = "/layanan/"
    return list.markup.links.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
  }

  private func service(_ code: String) async throws -> Offer.Service {
    var names: [Language: String] = [:]
    var stages: [Language: [String]] = [:]
    var isOnWeb = false
    var asksForPassport = false
    for language in Self.languages {
      let surfer = surfer(language)
      let page = try await surfer.open("/layanan/\(code)")
      guard page.status == 200 else { throw Trouble("the page of \(code) shows \(page.shape)") }
      names[language] = page.heading
      stages[language] = page.stageNames
      isOnWeb = page.markup.links.contains("/ajukan/\(code)")
      guard isOnWeb else { continue }
      let form = try await surfer.open("/ajukan/\(code)").form(to: "/ajukan/\(code)")
      asksForPassport = form.question("nik") == nil
    }
    return Offer.Service(
      code: code, isForForeigners: asksForPassport, isOnWeb: isOnWeb, names: names, stages: stages)
  }

  private func surfer(_ language: Language) -> Surfer {
    Surfer(address, language: language, network: "192.0.2.250", measurements: measurements)
  }
}

extension Page {
  /// The stages that a service's page lists, in order.
  fileprivate var stageNames: [String] {
    guard let start = markup.tags.firstIndex(where: { $0.name == "ol" && $0.has("stages") }) else { return [] }
    return markup.inside(start).filter { $0.name == "strong" && !$0.isEnd }.map(\.text)
  }
}
