import Foundation
import XCTest

/// What stands in an address: parameters that name a case or a person, an officer too, are covered on their way out;
/// any other says why it names nobody.
final class AddressTests: XCTestCase {
  private static let harmless = [
    "henti": "a stop of a service", "jenis": "a kind of request", "kertas": "random bits of a paper, exchanged at once",
    "kunci": "a passkey among the reader's own",
    "layanan": "a service of the catalogue", "loket": "a counter of the hall", "nama": "a spoken sentence's file",
    "syarat": "a requirement of the service", "tindakan": "an action at a counter", "undian": "a draw for everybody",
    "zona": "a display's zone",
  ]

  private static let harmlessQueries = [
    "bahasa": "a language", "baru": "yes", "berhasil": "yes", "besar": "large print, or not", "dari": "a day",
    "diam": "yes", "ditutup": "a count", "diubah": "yes", "diumumkan": "a draw for everybody", "hari": "a day",
    "izin": "a pass that shows one document once",
    "jangka": "a length of time", "kebutuhan-baru": "yes", "keluar": "yes",
    "kembali": "an address, itself covered", "komentar": "no", "kontras": "high contrast, or not", "kosong": "yes",
    "kunjungan": "a count", "layanan": "a service of the catalogue", "loket": "a counter of the hall",
    "masuk": "a requirement of the service", "menurut": "what the rows of a table are",
    "prioritas": "whether a report counts the priority line", "saluran": "where numbers are taken", "sampai": "a day",
    "sebelum": "how far the list of the ledger was read", "sisa": "a count", "sudah": "yes",
    "tabel": "a table of a report", "tanggal": "a day", "tutup": "why a page closed", "v": "the version of a file",
  ]

  private func covered(_ sources: [Repository.SourceFile]) throws -> Set<String> {
    let veil = try XCTUnwrap(sources.first { $0.text.contains("static let names: Set<String> = [") }).text
    let list = try XCTUnwrap(veil.firstMatch(of: /static let names: Set<String> = \[([^\]]*)\]/)).output.1
    return Set(list.matches(of: /"([a-z]+)"/).map { String($0.output.1) })
  }

  func testEveryParameterOfAQueryIsCoveredOrNamesNobody() throws {
    let sources = try Repository.sources()
    let rule = QueryRule(covered: try covered(sources), harmless: Self.harmlessQueries)
    for finding in rule.findings(in: sources) { XCTFail(finding) }
    let used = QueryRule.names(in: sources)
    XCTAssertTrue(
      used.isSuperset(of: ["petugas", "nomor", "jalur", "kebutuhan-baru", "kunjungan", "kembali"]), "\(used)")
    XCTAssertEqual(Set(Self.harmlessQueries.keys).subtracting(used), [], "named here, but in no query")
  }

  func testWhatNamesSomebodyIsNotLetIntoAQuery() {
    let rule = QueryRule(covered: ["petugas"], harmless: ["loket": "a counter", "hari": "a day"])
    func findings(_ text: String) -> Int { rule.findings(in: [.init(path: "Sources/A/Page.swift", text: text)]).count }
    for bad in [
      #"link.adding("akun", name)"#, #"request.query("orang")"#, #".redirect("/petugas/akun?orang=\(id)")"#,
      #"init(_ value: (String) -> String?) { staff = value("siapa").flatMap { Int64($0) } }"#,
      #"static let field: StaticString = "siapa"; let shown = link.adding(Self.field, name)"#,
      #"link.adding("loket", officer.description)"#, #"link.adding("hari", String(post.ticket.rawValue))"#,
      #"link.adding("loket", call.id.rawValue)"#, #"link.adding("hari", priority.rawValue)"#,
      #"priority = request.query("hari").flatMap(PriorityGroup.init(rawValue:))"#,
      #"let officer = request.query("loket").flatMap { Int64($0) }.map { OfficerID($0) }"#,
      #"let account = request.query("loket").flatMap { Int64($0) }.map { AccountID($0) }"#,
      #"let ticket = request.query("hari").flatMap { PublicCode($0) }"#,
    ] { XCTAssertEqual(findings(bad), 1, bad) }
    for good in [
      #"link.adding("petugas", officer.description)"#, #"request.query("petugas").map { OfficerID($0) }"#,
      #"link.adding("loket", String(counter.number)), icon: .ticket"#, #"let day = request.query("hari") ?? today"#,
    ] { XCTAssertEqual(findings(good), 0, good) }
  }

  func testEveryParameterOfARouteIsCoveredOrNamesNobody() throws {
    let sources = try Repository.sources()
    let covered = try covered(sources)
    XCTAssertTrue(covered.isSuperset(of: ["nomor", "kode", "tiket"]), "\(covered)")
    var used: Set<String> = []
    for source in sources {
      for route in source.text.matches(of: /Route\(\.(?:get|post), "([^"]*)"/) {
        used.formUnion(route.output.1.split(separator: "/").filter { $0.hasPrefix(":") }.map { String($0.dropFirst()) })
      }
    }
    XCTAssertGreaterThan(used.count, 10, "the routes were not found in the sources")
    for name in used.subtracting(covered) {
      XCTAssertNotNil(Self.harmless[name], "\":\(name)\" stands in addresses: cover it (AddressVeil), or say why not")
    }
    XCTAssertEqual(Set(Self.harmless.keys).subtracting(used), [], "named here, but no parameter")
  }
}
