import Foundation
import XCTest

/// Whatever ends or deletes something that cannot be brought back asks first and says what will happen.
final class EndingTests: XCTestCase {
  /// Every form that changes something, and whether it ends something for good. A new one is named here, with a
  /// thought about it, or this test fails.
  private static let ends: Set = [
    "/tiket/:kode/batalkan", "/janji/:kode/ubah", "/janji/:kode/batal", "/permohonan/:nomor/dokumen/:syarat/hapus",
    "/data-saya/:nomor/minta/:jenis", "/pengaduan/selesai", "/petugas/akun/:akun/sandi",
    "/petugas/kunci/:kunci/hapus",
    "/petugas/pengaduan/:pengaduan/tolak",
    "/petugas/hak-data/kasus/:kode", "/petugas/janji/undian", "/petugas/akun/:akun/tutup",
    "/petugas/ruang/henti", "/petugas/faktor/hapus", "/petugas/faktor/cadangan/baru", "/petugas/akun/:akun/faktor",
    "/petugas/akun/:akun/akhiri", "/petugas/permohonan/:nomor/kenal",
  ]
  /// Words of ending in a path whose act can be taken back, or that asks in its own form, and why.
  private static let takenBack: [String: String] = [
    "/petugas/loket/:loket/tutup": "a counter is opened again with one key",
    "/petugas/ruang/loket/:loket/tutup": "a counter is opened again with one key",
    "/petugas/ruang/tutup-hari": "its own form asks, says what happens, and is refused without the tick",
    "/petugas/sesi/akhiri": "its officer signs in again", "/petugas/sesi/akhiri-lain": "its officer signs in again",
    "/petugas/sesi/petugas/akhiri": "its officer signs in again",
    "/petugas/sesi/petugas/akhiri-semua": "the officer signs in again",
    "/data-saya/:nomor/persetujuan": "consent is given again beside it",
  ]
  private static let words = ["batal", "hapus", "tutup", "tolak", "akhir", "selesai", "cabut", "henti", "ubah"]

  func testEveryFormThatEndsSomethingForGoodAsksFirst() throws {
    let routes = try Self.routes()
    XCTAssertGreaterThan(routes.count, 40, "the routes were not found in the sources")
    for (pattern, isConfirmed) in routes {
      if Self.ends.contains(pattern) {
        XCTAssertTrue(isConfirmed, "\(pattern) ends something and does not ask first: add .confirmed")
      } else if Self.words.contains(where: { pattern.split(separator: "/").last?.contains($0) ?? false }) {
        XCTAssertNotNil(
          Self.takenBack[pattern], "\(pattern) sounds like an end: confirm it, or say here how it is taken back")
      }
    }
    XCTAssertEqual(Self.ends.subtracting(routes.map(\.pattern)), [], "named here, but no route")
  }

  func testEndingWithoutAQuestionIsFound() {
    let found = Self.routes(in: #"Route(.post, "/a/hapus", for: .everyone) { try await remove($0) },"#)
    XCTAssertEqual(found.map(\.pattern), ["/a/hapus"])
    XCTAssertEqual(found.map(\.isConfirmed), [false])
    let confirmed = #"Route(.post, "/a/hapus", for: .everyone) { try await x($0) }"# + "\n  .confirmed { ask($0) },"
    XCTAssertEqual(Self.routes(in: confirmed).map(\.isConfirmed), [true])
  }

  private static func routes() throws -> [(pattern: String, isConfirmed: Bool)] {
    try Repository.sources().flatMap { routes(in: $0.text) }
  }

  /// The forms' routes in a source text; what follows one up to the next belongs to it.
  private static func routes(in source: String) -> [(pattern: String, isConfirmed: Bool)] {
    source.split(separator: "Route(", omittingEmptySubsequences: false).dropFirst().compactMap { text in
      guard let start = text.firstMatch(of: /^\s*\.post,\s*"([^"]+)"/) else { return nil }
      let own = text.prefix { $0 != "]" }
      return (String(start.output.1), own.contains(".confirmed"))
    }
  }
}
