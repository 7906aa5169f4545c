import Client
import Foundation
import XCTest

/// The portal's own texts and its search, as a person meets them.
final class GuideTests: XCTestCase {
  private static let pages = ["/tanya-jawab", "/aksesibilitas", "/privasi", "/cara-membuktikan", "/cari"]

  func testEveryPublicPageLeadsToThemInItsFoot() throws {
    let browser = try openOffice().browser
    for path in ["/", "/layanan", "/antrean", "/lacak", "/tidak-ada"] + Self.pages {
      let links = try browser.get(path).links
      for page in Self.pages { XCTAssertTrue(links.contains(page), "\(path) does not lead to \(page)") }
    }
  }

  func testWhereTheTextsLeadThereIsAPage() throws {
    let browser = try openOffice().browser
    for page in Self.pages {
      for language in ["id", "en"] {
        let answer = try browser.get("\(page)?bahasa=\(language)")
        XCTAssertEqual(answer.status, 200, page)
        XCTAssertLessThan(answer.body.count, 50_000, page)
        for link in Set(answer.links) where link.hasPrefix("/") {
          XCTAssertLessThan(try browser.visit(link).status, 400, "\(page) leads to \(link)")
        }
      }
    }
  }

  func testSearchFindsWithoutScriptsAndWritesNothingIntoAnAddress() throws {
    let browser = try openOffice().browser
    for (language, typed) in [("id", "pasport hilang"), ("en", "lost pasport")] {
      browser.headers = [("Accept-Language", language)]
      let form = try XCTUnwrap(browser.get("/cari").form(to: "/cari"))
      let found = try browser.submit(form.filled(["cari": typed]))
      XCTAssertEqual(found.status, 200)
      XCTAssertTrue(found.links.contains("/layanan/paspor-hilang"), found.text)
      XCTAssertFalse(found.links.contains { $0.contains("pasport") }, "what was typed stands in a link")
      XCTAssertTrue(found.text.contains("value=\"\(typed)\""), "what was typed is gone")
    }
  }

  func testPrivacyPageSaysWhatTheConfigurationKeeps() throws {
    let (office, browser) = try openOffice()
    let policy = try String(contentsOf: office.configuration.appending(path: "vault.json5"), encoding: .utf8)
    let days = try ["biodata", "contact", "document", "statement", "request"].map { record in
      let pattern = try Regex("record: \"\(record)\",\\s*days: (\\d+)", as: (Substring, Substring).self)
      return try XCTUnwrap(policy.firstMatch(of: pattern).flatMap { Int($0.output.1) }, record)
    }
    XCTAssertEqual(
      days.map { $0 / 365 }, [10, 2, 2, 5, 1], "the policy has changed: change share/guides/privacy.json5")
    let page = try browser.get("/privasi").text
    for said in ["10 tahun", "2 tahun", "5 tahun", "1 tahun", "30 hari"] { XCTAssertTrue(page.contains(said), said) }
    XCTAssertTrue(policy.contains("keyRingCopyDays: 30"), "the policy has changed")
  }

  func testEveryPageThatAsksForAProofLeadsToTheOneThatExplainsIt() throws {
    let (office, browser) = try openOffice()
    let number = try HallVisitor(port: office.port).apply(person: 3)
    for path in [
      "/antrean", "/janji", "/lacak", "/tiket", "/janji/lihat", "/pengaduan/status", "/data-saya",
      "/permohonan/\(number)", "/permohonan/\(number)/dokumen",
    ] {
      for language in ["id", "en"] {
        let stranger = Browser(port: office.port, language: language)
        let page = try stranger.visit(path)
        XCTAssertEqual(page.links.count { $0 == "/cara-membuktikan" }, 2, "below its form, and at the foot: \(path)")
      }
    }
    let page = try browser.get("/cara-membuktikan").text
    for said in ["24 jam", "30 menit", "2 jam", "kode 6 angka", "10 menit"] {
      XCTAssertTrue(page.contains(said), said)
    }
  }

  /// Who cannot sign in reads it before, and an officer from where the own keys and sessions are.
  func testOfficersFindHowToSignInBeforeAndAfterIt() throws {
    let (office, browser) = try openOffice()
    let officer = try office.seatOfficer("sari", role: "clerk", at: nil)
    for (reader, pages) in [(browser, ["/petugas/masuk"]), (officer, ["/petugas/faktor", "/petugas/sesi"])] {
      for page in pages {
        XCTAssertTrue(try reader.visit(page).links.contains("/petugas/petunjuk"), page)
      }
      for language in ["id", "en"] {
        let guide = try reader.visit("/petugas/petunjuk?bahasa=\(language)")
        XCTAssertEqual(guide.status, 200)
        for link in Set(guide.links) where link.hasPrefix("/") {
          XCTAssertLessThan(try reader.visit(link).status, 400, link)
        }
      }
    }
    let found = try XCTUnwrap(browser.get("/cari").form(to: "/cari")).filled(["cari": "kunci sandi"])
    XCTAssertFalse(try browser.submit(found).links.contains { $0.hasPrefix("/petugas/petunjuk") }, "the public is not")
  }

  /// The figures that it tells officers are those that hold.
  func testTheGuideOfOfficersSaysWhatHolds() throws {
    let page = try openOffice().browser.get("/petugas/petunjuk").text
    for said in [
      "24 jam", "15 karakter", "8 karakter", "10 kode cadangan", "30 menit", "15 menit", "5 kali salah", "5 menit",
    ] { XCTAssertTrue(page.contains(said), said) }
  }

  /// An office without one of the ways says nothing of it.
  func testAProofThatTheOfficeDoesNotTakeIsNotExplained() throws {
    let office = try closedOffice()
    try office.switchOff("queue")
    try office.start()
    let page = try Browser(port: office.port).get("/cara-membuktikan").text
    XCTAssertTrue(page.contains("Nomor permohonan dan tanggal lahir"))
    for said in ["tiket", "nomor antrean", "janji temu"] { XCTAssertFalse(page.lowercased().contains(said), said) }
  }

  func testOfficeSaysWhereItIsAndWhenItIsOpen() throws {
    let browser = try openOffice().browser
    for path in ["/", "/layanan/paspor-hilang", "/lacak"] {
      let page = try browser.get(path).text
      for said in ["Jalan Contoh Nomor 1", "openstreetmap.org", "Senin–Kamis", "08.00–12.00 dan 13.00–16.00 WIB"] {
        XCTAssertTrue(page.contains(said), "\(path) does not say \(said)")
      }
    }
  }
}
