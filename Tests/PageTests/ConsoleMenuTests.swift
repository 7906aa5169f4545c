import Core
import Foundation
import HTML
import Web
import XCTest

/// The officers' menu: flat while it is short, folded by task when it is long, and it says where one is.
final class ConsoleMenuTests: XCTestCase {
  private static let shipped = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "share/locales")

  private func menu(at address: Link, rights: Rights) throws -> Element {
    let entries = [
      NavigationEntry(.console(nil), "layout.menu", "/petugas", order: 0),
      NavigationEntry(.console(.serve, .service), "layout.menu", "/petugas/loket", order: 1),
      NavigationEntry(.console(.serve, .service), "layout.menu", "/petugas/permohonan", order: 2),
      NavigationEntry(.console(.serve, .service), "layout.menu", "/petugas/berkas", order: 3),
      NavigationEntry(.console(.serve, .service), "layout.menu", "/petugas/bantuan", order: 4),
      NavigationEntry(.console(.hall, .hall), "layout.menu", "/petugas/ruang", order: 10),
      NavigationEntry(.console(.hall, .reports), "layout.menu", "/petugas/laporan", order: 20),
      NavigationEntry(.console(.hall, .reports), "layout.menu", "/petugas/survei", order: 21),
      NavigationEntry(.console(.serve, .settings), "layout.menu", "/petugas/sandi", order: 30),
      NavigationEntry(.console(.hall, .settings), "layout.menu", "/petugas/akun", order: 31),
    ]
    let context = PageContext(
      words: try SampleWords.locales(shipped: Self.shipped).words(.indonesian), languages: [.indonesian], csrf: "x",
      address: address, officer: SignedInOfficer(id: OfficerID(7), rights: rights, name: "Dewi"), navigation: entries,
      now: Instant(milliseconds: 0), zone: .wib, officeName: LocalizedText([.indonesian: "Kantor", .english: "Office"]))
    let page = Layout.page(title: "Uji", context: context, face: .console, body: h1 { "Uji" })
    return try XCTUnwrap(page.elements("nav").first { $0[attribute: "class"] == "console-menu" })
  }

  private func links(_ menu: Element) -> [String] {
    Node.element(menu).elements("a").compactMap { $0[attribute: "href"] }.filter { $0.hasPrefix("/") }
  }

  func testMenuOfAClerkStandsBesideEachOther() throws {
    let menu = try menu(at: "/petugas", rights: .clerk)
    XCTAssertEqual(Node.element(menu).elements("details").count, 0)
    XCTAssertEqual(links(menu).count, 6)
  }

  func testMenuOfASupervisorIsFoldedByTaskAndLosesNothing() throws {
    let menu = try menu(at: "/petugas", rights: .supervisor)
    let folds = Node.element(menu).elements("details")
    XCTAssertEqual(folds.map { $0[attribute: "name"] }, ["menu", "menu", "menu"], "one is open at a time")
    XCTAssertEqual(folds.map { Node.element($0).elements("a").count }, [4, 2, 2])
    XCTAssertEqual(Set(links(menu)).count, 10)
  }

  func testTheTaskAndTheEntryOfAPageBelowThemAreMarked() throws {
    let menu = try menu(at: "/petugas/loket/3", rights: .supervisor)
    let marked = Node.element(menu).elements { $0[attribute: "aria-current"] != nil }
    XCTAssertEqual(marked.map(\.name), ["summary", "a"])
    XCTAssertEqual(marked.map { $0[attribute: "aria-current"] }, ["true", "true"])
    XCTAssertEqual(marked.last?[attribute: "href"], "/petugas/loket")
  }

  func testThePageItselfIsMarkedAsThePage() throws {
    let menu = try menu(at: "/petugas", rights: .supervisor)
    let marked = Node.element(menu).elements { $0[attribute: "aria-current"] != nil }
    XCTAssertEqual(marked.map { $0[attribute: "href"] }, ["/petugas"])
    XCTAssertEqual(marked.first?[attribute: "aria-current"], "page")
  }
}
