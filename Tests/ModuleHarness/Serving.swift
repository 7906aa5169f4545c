public import Client
public import Contracts
public import Core
internal import Foundation
internal import HTML
public import Store
public import Web

/// A real server with one module's routes, and browsers that visit it.
public final class ServedModule: Sendable {
  /// Not cryptography: different for another text, which is all that a form's token needs in a test.
  private struct Signer: RequestSigner {
    func sign(_ bytes: [UInt8]) -> [UInt8] { QuickHash().authenticate(bytes, for: "test.requests") }
  }

  private let server: WebServer

  /// Starts serving on a free port of the loopback.
  ///
  /// - Parameter publicBaseURL: what people type into a browser; one that begins with https stands for a proxy with TLS.
  public init(
    _ routes: [Route], navigation: [NavigationEntry] = [], gatekeeper: (any Gatekeeper)? = nil, in host: ModuleOffice,
    publicBaseURL: String? = nil
  ) throws {
    var configuration = WebConfiguration()
    configuration.port = 0
    configuration.publicBaseURL = publicBaseURL
    server = try WebServer(
      WebServer.Parts(
        configuration: configuration,
        office: WebOffice(name: host.office.name, zone: host.office.zone, telephone: host.office.telephone),
        locales: host.locales, routes: routes, navigation: navigation, signer: Signer(), gatekeeper: gatekeeper,
        clock: host.clock))
    try server.start()
  }

  /// A person at a browser who reads that language.
  public func visitor(_ language: String = "id") -> Visitor { Visitor(port: server.port, language: language) }

  /// An officer at a browser, who is signed in by that token.
  public func visitor(_ language: String = "id", as token: String) async -> Visitor {
    let visitor = visitor(language)
    await visitor.with { $0.setCookie("petugas", token) }
    return visitor
  }

  /// Lets `body` visit, and stops serving even where that fails.
  public func whileServing(_ body: () async throws -> Void) async throws {
    do {
      try await body()
    } catch {
      await stop()
      throw error
    }
    await stop()
  }

  public func stop() async { await server.stop(patience: .milliseconds(200)) }
}

/// Officers by their token, for modules that have no accounts of their own.
public struct StandingOfficers: Gatekeeper {
  public init() {}

  public func officer(holding token: String) async throws -> SignedInOfficer? {
    switch token {
    case "CLERK": SignedInOfficer(id: OfficerID(7), rights: .clerk, name: "Sari")
    case "SUPERVISOR": SignedInOfficer(id: OfficerID(8), rights: .supervisor, name: "Budi")
    default: nil
    }
  }
}

/// The names of those officers.
public struct Staff: OfficerDirectory {
  public init() {}

  public func accountNames() async throws -> [OfficerID: String] { [OfficerID(7): "sari", OfficerID(8): "budi"] }

  public func name<Database: Queryable & ~Copyable>(
    of officer: OfficerID, in database: borrowing Database
  ) throws -> String? {
    [7: "Sari Contoh", 8: "Budi Contoh"][officer.rawValue]
  }
}

extension Answer {
  /// More than this is too much for a weak line.
  public static let pageByteCountMax = 50_000

  /// What is wrong with the page: whatever `PageAudit` finds, words that are missing, too many bytes.
  public var faults: [String] {
    do {
      let page = try PageReader.tree(of: body)
      let document = page.elements("html").first.map { Node.element($0) } ?? page
      var faults = PageAudit.findings(in: document)
      if body.count >= Self.pageByteCountMax { faults.append("the page has \(body.count) bytes") }
      faults += Self.missingWords(in: document)
      return faults
    } catch {
      return ["\(error)"]
    }
  }

  /// A message without words shows its key: `officers.sign-in.title`; an argument without value its braces.
  private static func missingWords(in page: Node) -> [String] {
    let text = page.elements("body").map { Node.element($0).plainText }.joined()
    let areas = [
      "appointment.", "queue.", "officers.", "accessibility.", "feedback.", "need.", "problem.", "form.", "layout.",
      "web.", "privacy.", "document.", "registration.", "tracking.",
    ]
    let words = text.split { $0.isWhitespace }
    // A sentence that ends in such a word stands before a capital letter or nothing.
    func isKey(_ word: Substring) -> Bool {
      !word.contains(".json5")
        && areas.contains { word.hasPrefix($0) && word.dropFirst($0.count).first?.isLowercase ?? false }
    }
    return words.filter { word in isKey(word) || (word.contains("{") && word.contains("}")) }
      .map { "no words for \($0)" }
  }
}
