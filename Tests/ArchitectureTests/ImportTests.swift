import XCTest

final class ImportTests: XCTestCase {
  func testEveryImportPointsDown() throws {
    let files = try Repository.sources()
    XCTAssertGreaterThan(files.count, 100)
    XCTAssertEqual(ImportRule.breaches(in: files), [])
  }

  func testTheRuleFindsWhatItForbids() {
    let fixtures: [(path: String, text: String, breach: String)] = [
      ("Sources/Modules/Queue/A.swift", "import Registration", "Registration"),
      ("Sources/Modules/Queue/A.swift", "import Appointments", "Appointments"),
      ("Sources/Modules/Appointments/A.swift", "import Queue", "Queue"),
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
      ("Sources/Ledger/A.swift", "import Vault", "Vault"),
      ("Sources/Modules/Privacy/A.swift", "import Ledger", "Ledger"),
      ("Sources/Crypto/A.swift", "import Contracts", "Contracts"),
    ]
    for fixture in fixtures {
      let file = Repository.SourceFile(path: fixture.path, text: "\(fixture.text)\nlet a = 1\n")
      XCTAssertEqual(ImportRule.breaches(in: [file]), ["\(fixture.path) imports \(fixture.breach)"])
    }
  }
}
