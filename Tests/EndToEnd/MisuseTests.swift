import Client
import Foundation
import XCTest

/// Misuse gets a clear answer, never a 500, and the office goes on.
final class MisuseTests: XCTestCase {
  func testUnknownPathIsNotFound() throws {
    let answer = try openOffice().browser.get("/tidak-ada")
    XCTAssertEqual(answer.status, 404)
    XCTAssertNotNil(answer.heading)
  }

  func testUnknownMethodIsRefusedAndNamesThoseThatAreAllowed() throws {
    let answer = try openOffice().browser.request("DELETE", "/antrean")
    XCTAssertEqual(answer.status, 405)
    XCTAssertEqual(answer.header("allow")?.contains("GET"), true)
  }

  func testFormWithoutTokenIsRefusedAndNothingIsMade() throws {
    let browser = try openOffice().browser
    let answer = try browser.request(
      "POST", "/antrean", [("Content-Type", "application/x-www-form-urlencoded")],
      body: Array("nomor=1234-5678-9092&_kirim=abc&_csrf=0123456789abcdef0123456789abcdef".utf8))
    XCTAssertEqual(answer.status, 403)
  }

  func testOversizedBodyIsRefusedBeforeItHasArrived() throws {
    let connection = try Connection(port: openOffice().office.port)
    try connection.send(
      "POST /antrean HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        + "Content-Length: 20000000\r\n\r\nnomor=")
    let answer = try connection.readAnswer()
    XCTAssertEqual(answer.status, 413)
    XCTAssertNotNil(answer.heading)
  }

  func testMistypedApplicationNumberIsToldBesideItsField() throws {
    let browser = try openOffice().browser
    let page = try browser.get("/antrean")
    let form = try XCTUnwrap(page.form(to: "/antrean"))
    let answer = try browser.submit(form.filled(["nomor": "1234 5678 9099"]))
    XCTAssertEqual(answer.status, 422)
    XCTAssertTrue(answer.text.contains("1234 5678 9099"), "what was typed is lost")
  }

  func testGarbageInEveryFieldOfEveryFormIsNeverAFault() throws {
    let browser = try openOffice().browser
    let garbage = [
      "", "\u{0}", "'; DROP TABLE queue_ticket; --", "<script>alert(1)</script>", "\u{202E}teks",
      String(repeating: "9", count: 5000), "-1", "9223372036854775808", "💣",
    ]
    for path in [
      "/ajukan/paspor-elektronik-10", "/antrean", "/lacak", "/pengaduan", "/pengaduan/status", "/bantuan-akses",
    ] {
      for value in garbage {
        for form in try browser.get(path).forms where form.isPost && form.action != "/tampilan" {
          let answer = try browser.post(
            form.action, fields: form.fields.map { ($0.name, isHidden($0.name) ? $0.value : value) })
          XCTAssertLessThan(answer.status, 500, "\(path) with \(value.prefix(20).debugDescription)")
          XCTAssertFalse(answer.text.contains("<script>alert(1)"), "\(path) shows markup that was typed")
        }
      }
    }
  }

  /// The tokens stay: without them nothing behind the token's check would be tried.
  private func isHidden(_ field: String) -> Bool { field.hasPrefix("_") }

  func testGarbageInPathsIsNeverAFault() throws {
    let browser = try openOffice().browser
    for prefix in [
      "/tiket/", "/permohonan/", "/layanan/", "/ajukan/", "/petugas/loket/", "/lacak?nomor=", "/survei?tiket=",
    ] {
      for tail in ["x", "%00", "%F0%9F%92%A3", "..%2f..%2fetc%2fpasswd", "'--", String(repeating: "A", count: 2000)] {
        let answer = try browser.get(prefix + tail)
        XCTAssertLessThan(answer.status, 500, prefix + tail)
      }
    }
  }

  func testOfficersPagesAskForSignIn() throws {
    let browser = try openOffice().browser
    for path in [
      "/petugas", "/petugas/loket", "/petugas/loket/1", "/petugas/survei", "/petugas/pengaduan", "/petugas/akun",
    ] {
      let answer = try browser.get(path)
      XCTAssertEqual(answer.status, 303, path)
      XCTAssertEqual(answer.location?.hasPrefix("/petugas/masuk"), true, path)
    }
  }

  func testPagesAreSmallStrictAndFromOneHost() throws {
    let browser = try openOffice().browser
    for path in [
      "/", "/layanan", "/layanan/paspor-elektronik-10", "/ajukan/paspor-elektronik-10", "/antrean", "/lacak",
      "/pengaduan", "/bantuan-akses", "/display", "/petugas/masuk",
    ] {
      for language in ["id", "en"] {
        let answer = try browser.get("\(path)?bahasa=\(language)")
        let page = answer.status == 303 ? try browser.follow(answer) : answer
        XCTAssertEqual(page.status, 200, path)
        XCTAssertLessThan(page.body.count, 50_000, path)
        XCTAssertEqual(page.header("content-security-policy")?.hasPrefix("default-src 'none'"), true, path)
        // A link to the map is followed by a person; nothing is loaded from there.
        XCTAssertNil(
          page.text.firstMatch(of: /(src|action)="https?:|<link[^>]*href="https?:/), "\(path) reaches another host")
        XCTAssertNil(page.text.firstMatch(of: /\s(style|onclick|onload|onsubmit)=/), path)
      }
    }
  }

  func testATicketsPageWithAllThatItLoadsIsUnder20000Bytes() throws {
    let (office, browser) = try openOffice()
    let ticket = try HallVisitor(port: office.port).applyAndTakeNumber(person: 1)
    let page = try browser.get("/tiket/\(ticket.code)")
    XCTAssertEqual(page.status, 200)
    var byteCount = try browser.get("/tiket/\(ticket.code)", ["Accept-Encoding": "gzip"]).body.count
    let loaded = page.text.matches(of: /(?:src|href)="(\/aset\/[^"]+\.(?:css|js)[^"]*)"/).map { String($0.1) }
    XCTAssertGreaterThan(loaded.count, 1, "a stylesheet and a script")
    for path in Set(loaded) {
      let answer = try browser.get(path.replacing("&amp;", with: "&"), ["Accept-Encoding": "gzip"])
      XCTAssertEqual(answer.status, 200, path)
      byteCount += answer.body.count
    }
    XCTAssertLessThan(byteCount, 20_000)
  }

  func testGarbageOnTheKioskSocketIsToldAndTheNextTerminalIsServed() throws {
    let (office, browser) = try openOffice()
    for garbage in [[UInt8](repeating: 0xFF, count: 5000), Array("GET / HTTP/1.1\r\n\r\n".utf8), [0], []] {
      let socket = try Connection(unixSocket: office.kioskSocket)
      try socket.send(garbage)
      socket.finishSending()
      _ = try socket.readToEnd()
    }
    XCTAssertEqual(try browser.get("/kesehatan").status, 200)
  }
}
