import XCTest

final class ImportTests: XCTestCase {
  func testEveryImportPointsDown() throws {
    let files = try Repository.sources()
    XCTAssertGreaterThan(files.count, 100)
    XCTAssertEqual(ImportRule.breaches(in: files), [])
  }

  func testALibraryOfAFolderIsImportedThere() throws {
    let sources = try Repository.sources()
    for (library, folder) in ImportRule.folders {
      let importers = sources.filter { ImportRule.imports(in: $0.text).contains(library) }
      XCTAssertTrue(importers.contains { $0.path.hasPrefix(folder) }, "\(library) has left \(folder)")
    }
  }

  func testTheServerHoldsItsEnginesByAProtocol() throws {
    let web = try Repository.sources().filter { $0.target == "Web" }
    let engine = web.filter { $0.path.hasPrefix("Sources/Web/Server/Engine/") }
    let names = Set(
      engine.flatMap { Declarations($0.text).types }.filter { $0.isTopLevel && !$0.isPrivate }.map(\.name))
    XCTAssertTrue(names.isSuperset(of: ["Engine", "DaemonHandle", "ConnectionHandle"]), "\(names)")
    let uses = web.filter { !$0.path.hasPrefix("Sources/Web/Server/Engine/") }.flatMap { file in
      Self.words(in: file.text).filter(names.contains).map { "\(file.path): \($0)" }
    }
    XCTAssertEqual(uses, ["Sources/Web/Server/WebServer.swift: Engine"], "made there, and known to nobody else")
    XCTAssertEqual(
      Self.words(in: "let a = Engine(b) // Wire\nfunc c(_ d: Acceptor?) {}")
        .filter { $0.first?.isUppercase == true }, ["Engine", "Acceptor"])
  }

  /// The words of a source's code, without those of comments and texts.
  private static func words(in text: String) -> [String] {
    BareSource(text).lines.flatMap { line in
      line.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
    }
  }

  func testTheRuleFindsWhatItForbids() {
    let fixtures: [(path: String, text: String, breach: String)] = [
      ("Sources/Modules/Queue/A.swift", "import Registration", "Registration"),
      ("Sources/Modules/Queue/A.swift", "import Appointments", "Appointments"),
      ("Sources/Modules/Appointments/A.swift", "import Queue", "Queue"),
      ("Sources/Modules/Queue/A.swift", "import Stops", "Stops"),
      ("Sources/Modules/Stops/A.swift", "import Queue", "Queue"),
      ("Sources/Modules/Queue/A.swift", "public import Vault", "Vault"),
      ("Sources/Modules/Documents/A.swift", "import Vault", "Vault"),
      ("Sources/Vault/A.swift", "import Documents", "Documents"),
      ("Sources/Modules/Queue/A.swift", "internal import CSQLite", "CSQLite"),
      ("Sources/Core/A.swift", "import Store", "Store"),
      ("Sources/Core/A.swift", "import Civil", "Civil"),
      ("Sources/Civil/A.swift", "import HTML", "HTML"),
      ("Sources/HTML/A.swift", "import FoundationEssentials", "FoundationEssentials"),
      ("Sources/Web/A.swift", "@preconcurrency import Contracts", "Contracts"),
      ("Sources/Kiosk/A.swift", "import struct Web.Request", "struct"),
      ("Sources/App/A.swift", "import COpenSSL", "COpenSSL"),
      ("Sources/Vault/A.swift", "import COpenSSL", "COpenSSL"),
      ("Sources/Modules/Officers/A.swift", "import CFido2", "CFido2"),
      ("Sources/Modules/Queue/A.swift", "import Passkeys", "Passkeys"),
      ("Sources/Passkeys/A.swift", "import Core", "Core"),
      ("Sources/Ledger/A.swift", "import Vault", "Vault"),
      ("Sources/Forecast/A.swift", "import Store", "Store"),
      ("Sources/Forecast/A.swift", "import Web", "Web"),
      ("Sources/Forecast/A.swift", "import Queue", "Queue"),
      ("Sources/Modules/Displays/A.swift", "import Forecast", "Forecast"),
      ("Sources/Modules/Privacy/A.swift", "import Ledger", "Ledger"),
      ("Sources/Crypto/A.swift", "import Contracts", "Contracts"),
      ("Sources/Store/Journal/A.swift", "import CSQLite", "CSQLite"),
      ("Sources/Web/Server/A.swift", "internal import CMicrohttpd", "CMicrohttpd"),
      ("Sources/Web/Events/A.swift", "import CRefusals", "CRefusals"),
      ("Sources/Web/Server/Probe.swift", "internal import CMicrohttpd", "CMicrohttpd"),
      ("Sources/Web/Routing/RemoteAddress.swift", "internal import CMicrohttpd", "CMicrohttpd"),
    ]
    for fixture in fixtures {
      let file = Repository.SourceFile(path: fixture.path, text: "\(fixture.text)\nlet a = 1\n")
      XCTAssertEqual(ImportRule.breaches(in: [file]), ["\(fixture.path) imports \(fixture.breach)"])
    }
  }
}
