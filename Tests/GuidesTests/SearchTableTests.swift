import Catalogue
import Contracts
import Core
import HTML
import ModuleHarness
import Store
import Web
import XCTest

@testable import Guides

/// What people type, and what they must see first, among all that the portal has as it is shipped.
final class SearchTableTests: XCTestCase {
  /// The portal's menu, as the modules put it together.
  private static let menu = [
    NavigationEntry(.portal, "catalogue.menu", "/layanan", order: 20, hint: "catalogue.menu-hint"),
    NavigationEntry(.portal, "appointment.nav.book", "/janji", order: 25, hint: "appointment.nav.book-hint"),
    NavigationEntry(.portal, "queue.nav.take", "/antrean", order: 30, hint: "queue.nav.take-hint"),
    NavigationEntry(.portal, "tracking.menu.look-up", "/lacak", order: 30, hint: "tracking.menu.look-up-hint"),
    NavigationEntry(.portal, "accessibility.menu", "/bantuan-akses", order: 60, hint: "accessibility.hint"),
    NavigationEntry(.portal, "feedback.complaint.title", "/pengaduan", order: 70, hint: "feedback.complaint.hint"),
    NavigationEntry(.portal, "privacy.menu.own", "/data-saya", order: 85, hint: "privacy.menu.own-hint"),
    NavigationEntry(.portal, "privacy.menu.verify", "/verifikasi", order: 90, hint: "privacy.menu.verify-hint"),
  ]

  private static let fees = "Berapa biayanya, dan bagaimana membayar?"
  private static let refund = "Apakah biaya dapat dikembalikan?"
  private static let howLong = "Berapa lama sampai selesai?"
  private static let child = "Paspor untuk anak"
  private static let hours = "Kapan kantor buka?"
  private static let bring = "Apa yang harus saya bawa?"
  private static let first = "Siapa yang dilayani lebih dahulu?"
  private static let move = "Saya tidak bisa datang pada waktu janji temu"
  private static let interview = "Apakah ada wawancara?"
  private static let changed = "Nama atau data saya di paspor berubah"
  private static let faster = "Dapatkah prosesnya dipercepat?"
  private static let app = "Apakah saya memakai M-Paspor atau situs ini?"
  private static let park = "Di mana saya dapat parkir?"
  private static let (new, replacement) = ("/layanan/paspor-elektronik-10", "/layanan/paspor-penggantian")
  private static let (lost, visit) = ("/layanan/paspor-hilang", "/layanan/izin-tinggal-kunjungan")
  private static let limited = "/layanan/izin-tinggal-terbatas"

  /// A page's path, or the Indonesian heading of an answer.
  private static let indonesian: KeyValuePairs = [
    "biaya": fees, "berapa biaya paspor": fees, "bayar": fees, "refund": refund, "pengembalian biaya": refund,
    "hilang": lost, "paspor hilang": lost, "BAP": lost, "paspor dicuri": lost,
    "perpanjang": replacement, "perpanjang paspor": replacement, "ganti paspor": replacement,
    "perpanjang visa": visit, "jadwal": hours, "jam buka": hours, "alamat kantor": hours,
    "antrean": "/antrean", "antri": "/antrean", "ambil nomor": "/antrean", "janji temu": "/janji",
    "anak": child, "paspor anak": child, "paspor bayi": child, "umroh": new, "paspor umrah": new, "haji": new,
    "e-paspor": new, "bikin paspor": new, "izin tinggal": visit, "visa on arrival": visit, "voa": visit,
    "overstay": visit, "nikah": limited, "menikah": limited, "kitas": limited, "berapa lama": howLong,
    "berapa lama paspor jadi": howLong, "syarat": bring, "buku nikah": bring, "lacak": "/lacak",
    "status permohonan": "/lacak", "keluhan": "/pengaduan", "kursi roda": "/bantuan-akses", "lansia": first,
    "data saya": "/data-saya", "hapus data": "/data-saya", "ktp": bring, "ganti nama": changed, "wawancara": interview,
    "percepatan": faster, "sabtu": hours, "buka hari sabtu": hours, "pindah jadwal": move, "m-paspor": app,
    "parkir": park, "tempat parkir": park,
  ]

  private static let english: KeyValuePairs = [
    "fees": fees, "how much does it cost": fees, "pay": fees, "refund": refund, "money back": refund, "lost": lost,
    "lost passport": lost, "stolen passport": lost, "renew": replacement, "renew passport": replacement,
    "expired passport": replacement, "extend visa": visit, "extend": visit, "schedule": hours, "opening hours": hours,
    "address": hours, "queue": "/antrean", "queue number": "/antrean", "appointment": "/janji", "child": child,
    "passport for my child": child, "umrah": new, "hajj": new, "e-passport": new, "new passport": new,
    "stay permit": visit, "visa on arrival": visit, "VOA": visit, "overstay": visit, "marriage": limited,
    "married": limited, "KITAS": limited, "how long": howLong, "how long does it take": howLong,
    "requirements": bring, "track": "/lacak", "check status": "/lacak", "complaint": "/pengaduan",
    "wheelchair": "/bantuan-akses", "elderly": first, "my data": "/data-saya", "identity card": bring,
    "change name": changed, "interview": interview,
    "same day": faster, "saturday": hours, "reschedule": move, "parking": park,
  ]

  private func index(_ language: Language) async throws -> SearchIndex {
    let office = try ModuleOffice(seed: 1)
    var services = office.services()
    services.provide(ConfigurationDirectory.self, ConfigurationDirectory(path: ModuleOffice.repository + "/etc/gapura"))
    let module = CatalogueModule(services: services)
    try await module.start()
    module.provide(to: &services)
    let catalogue = services.require((any CatalogueService).self)
    let offered = catalogue.services(on: try XCTUnwrap(CivilDate(iso: "2026-11-23")))
    XCTAssertGreaterThan(offered.count, 4)
    await office.store.close()
    return SearchIndex(
      try SearchTests.texts(), services: offered, pages: Self.menu, words: office.locales.words(language))
  }

  private func check(_ table: KeyValuePairs<String, String>, _ language: Language) async throws {
    let index = try await index(language)
    let questions = try XCTUnwrap(try SearchTests.texts()[.questions])
    for (typed, expected) in table {
      let place = questions.sections.firstIndex { $0.heading[.indonesian] == expected }
      let link = place.map { GuidePage.questions.link(to: $0).description } ?? expected
      let results = index.results(for: typed)
      XCTAssertEqual(results.first?.link.description, link, "\(typed): \(results.prefix(4).map(\.title))")
    }
  }

  func testWhatIndonesiansTypeLeadsThemToTheRightPageFirst() async throws {
    XCTAssertGreaterThanOrEqual(Self.indonesian.count, 25)
    try await check(Self.indonesian, .indonesian)
  }

  func testWhatEnglishReadersTypeLeadsThemToTheRightPageFirst() async throws {
    XCTAssertGreaterThanOrEqual(Self.english.count, 25)
    try await check(Self.english, .english)
  }

  func testOpeningHoursFindNoPageAboutRights() async throws {
    let results = try await index(.indonesian).results(for: "jam buka")
    XCTAssertFalse(results.contains { $0.link.description.hasPrefix("/privasi") }, "\(results.map(\.title))")
  }

  /// Half of those who write English read Indonesian pages, and the other way about.
  func testKeywordsHoldWhateverLanguageThePageIsIn() async throws {
    for typed in ["visa on arrival", "nikah", "paspor anak", "berapa lama", "refund", "haji"] {
      for language in [Language.indonesian, .english] {
        let results = try await index(language).results(for: typed)
        XCTAssertFalse(results.isEmpty, typed)
        XCTAssertFalse(results.first?.link.description.hasPrefix("/privasi") ?? true, typed)
      }
    }
  }
}
