import Client
import XCTest

/// What ends for good asks first, without scripts, and says what will happen.
final class ConfirmationTests: XCTestCase {
  func testNumberIsCancelledOnlyAfterItsHolderHasReadWhatHappens() throws {
    let (office, browser) = try openOffice()
    let ticket = try HallVisitor(port: office.port).applyAndTakeNumber(person: 1)
    let path = "/tiket/\(ticket.code)"
    let form = try XCTUnwrap(browser.get(path).form(to: "\(path)/batalkan"))
    let asked = try browser.submit(form)
    XCTAssertEqual(asked.status, 200)
    for said in ["Batalkan nomor", "tidak dapat dikembalikan", "Permohonan Anda tidak ikut batal"] {
      XCTAssertTrue(asked.text.contains(said), said)
    }
    XCTAssertTrue(asked.links.contains(path), "there is no way back")
    XCTAssertNotNil(try browser.get(path).form(to: "\(path)/batalkan"), "it was cancelled without an answer")
    // In the other language the question is the same.
    let english = try browser.get("\(path)?bahasa=en")
    XCTAssertEqual(english.status, 200)
    let again = try browser.submit(try XCTUnwrap(english.form(to: "\(path)/batalkan")))
    XCTAssertTrue(again.text.contains("You cannot get your place back"))
    let done = try browser.confirm(again)
    XCTAssertEqual(done.location, path)
    XCTAssertNil(try browser.get(path).form(to: "\(path)/batalkan"))
    // Pressed again from a page that was left open: nothing is asked about what has ended, and it says so.
    let late = try browser.submit(form)
    XCTAssertGreaterThanOrEqual(late.status, 400)
  }

  func testErasureIsAskedForOnlyAfterWhatItMeansWasRead() throws {
    let office = try openOffice().office
    let visitor = HallVisitor(port: office.port)
    let browser = visitor.browser
    let page = try XCTUnwrap(browser.get("/data-saya?nomor=\(visitor.apply(person: 2))").location)
    let form = try XCTUnwrap(browser.get("\(page)/minta/erasure").form(to: "\(page)/minta/erasure"))
    let asked = try browser.submit(form)
    XCTAssertTrue(asked.text.contains("Tidak seorang pun dapat mengembalikannya"), asked.text)
    XCTAssertEqual(try office.query("SELECT count(*) FROM privacy_request"), "0")
    XCTAssertEqual(try browser.confirm(asked).status, 303)
    XCTAssertEqual(try office.query("SELECT count(*) FROM privacy_request"), "1")
  }

  func testOwnDataIsClosedByItsButton() throws {
    let office = try openOffice().office
    let visitor = HallVisitor(port: office.port)
    let browser = visitor.browser
    let page = try XCTUnwrap(browser.get("/data-saya?nomor=\(visitor.apply(person: 3))").location)
    let form = try XCTUnwrap(browser.get(page).form(to: "/data-saya/keluar"))
    let closed = try browser.follow(browser.submit(form))
    XCTAssertTrue(closed.text.contains("Data Anda sudah ditutup"))
    let again = try browser.visit(page)
    XCTAssertTrue(again.text.contains("Halaman data sedang tertutup"), "who comes back is told why it is closed")
    XCTAssertNil(again.form(to: "/data-saya/keluar"))
  }

  func testTicketAndDisplayLoadThemselvesAgainWithoutScriptsAndAPageWithAFormDoesNot() throws {
    let (office, browser) = try openOffice()
    let ticket = try HallVisitor(port: office.port).applyAndTakeNumber(person: 4)
    let refresh = /<noscript><meta http-equiv="refresh" content="(\d+)">/
    let page = try browser.get("/tiket/\(ticket.code)")
    XCTAssertEqual(page.text.firstMatch(of: refresh)?.output.1, "30")
    XCTAssertEqual(try browser.get("/display").text.firstMatch(of: refresh)?.output.1, "10")
    let stop = try XCTUnwrap(page.links.first { $0.hasSuffix("diam=ya") })
    let still = try browser.get(stop)
    XCTAssertNil(still.text.firstMatch(of: refresh))
    XCTAssertTrue(still.links.contains("/tiket/\(ticket.code)"), "it can be had again")
    for path in ["/", "/antrean", "/lacak", "/pengaduan", "/cari"] {
      XCTAssertNil(try browser.get(path).text.firstMatch(of: refresh), path)
    }
  }
}
