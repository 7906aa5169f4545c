import Contracts
import Core
import HTML
import XCTest

@testable import Guides

final class SearchTests: XCTestCase {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path()

  static func texts() throws -> GuideTexts {
    try GuideTexts(reading: GuidesDirectory(path: root + "share/guides"))
  }

  private func index(_ language: Language) throws -> SearchIndex {
    let texts = try Self.texts()
    let services = [
      ("paspor-hilang", "Paspor hilang atau rusak", "Lost or damaged passport"),
      ("paspor-elektronik-10", "Paspor elektronik baru, 10 tahun", "New electronic passport, 10 years"),
      ("izin-tinggal-terbatas", "Izin tinggal terbatas", "Limited stay permit"),
      ("izin-tinggal-kunjungan", "Izin tinggal kunjungan", "Visit stay permit"),
    ].map { code, indonesian, english in
      SearchIndex.Entry(
        title: language == .indonesian ? indonesian : english, text: "", link: "/layanan/\(code)",
        keywords: [code, indonesian, english])
    }
    let answers = (texts[.questions]?.sections ?? []).enumerated().map { place, section in
      SearchIndex.Entry(
        title: section.heading[language], text: section.paragraphs.map { $0.text[language] }.joined(separator: " "),
        link: GuidePage.questions.link(to: place), keywords: section.keywords)
    }
    return SearchIndex(entries: services + answers, synonyms: texts.synonyms)
  }

  func testWhatPeopleTypeFindsTheRightServiceFirstInBothLanguages() throws {
    for (typed, code) in [
      ("paspor hilang", "paspor-hilang"), ("pasport hilang", "paspor-hilang"), ("PASPOR HLANG", "paspor-hilang"),
      ("kehilangan paspor", "paspor-hilang"), ("lost passport", "paspor-hilang"), ("lost pasport", "paspor-hilang"),
      ("itas", "izin-tinggal-terbatas"), ("KITAS", "izin-tinggal-terbatas"), ("limited stay", "izin-tinggal-terbatas"),
      ("izin kunjngan", "izin-tinggal-kunjungan"), ("paspor elektronik", "paspor-elektronik-10"),
    ] {
      for language in [Language.indonesian, .english] {
        let results = try index(language).results(for: typed)
        XCTAssertEqual(results.first?.link.description, "/layanan/\(code)", "\(typed), \(language.rawValue)")
      }
    }
  }

  func testQuestionsFindTheirAnswers() throws {
    for (typed, heading) in [
      ("berapa biaya", "Berapa biayanya, dan bagaimana membayar?"),
      ("harga", "Berapa biayanya, dan bagaimana membayar?"),
      ("jam buka", "Kapan kantor buka?"), ("jadwal", "Kapan kantor buka?"),
      ("ubah janji temu", "Saya tidak bisa datang pada waktu janji temu"),
      ("difabel", "Siapa yang dilayani lebih dahulu?"),
    ] {
      XCTAssertEqual(try index(.indonesian).results(for: typed).first?.title, heading, typed)
    }
  }

  func testWordsThatPagesDoNotUseAreFoundNevertheless() throws {
    let locales = try Locales.load(directory: Self.root + "share/locales")
    for (language, typed) in [
      (Language.indonesian, "keluhan"), (.indonesian, "laporan"), (.english, "report"), (.english, "complain"),
    ] {
      let words = locales.words(language)
      let page = SearchIndex.Entry(
        title: words("feedback.complaint.title"), text: words("feedback.complaint.hint"), link: "/pengaduan",
        keywords: [])
      let index = SearchIndex(entries: [page], synonyms: try Self.texts().synonyms)
      XCTAssertEqual(index.results(for: typed).map(\.link), ["/pengaduan"], typed)
    }
  }

  func testWhatNobodyHasFindsNothing() throws {
    for typed in ["", "   ", "!!!", "xqzwvk", "pesawat ruang angkasa", "\u{1F600}"] {
      XCTAssertEqual(try index(.indonesian).results(for: typed).map(\.title), [], typed)
    }
  }

  func testOneSlipIsForgivenInWordsOfFourLettersAndTwoInLongOnes() {
    for (typed, word) in [
      ("pasor", "paspor"), ("psapor", "paspor"), ("paspoor", "paspor"), ("izni", "izin"), ("elektornk", "elektronik"),
      ("paspo", "paspor"),
    ] {
      XCTAssertGreaterThan(SearchWord.fit(typed, word), 0, typed)
      XCTAssertLessThan(SearchWord.fit(typed, word), SearchWord.fit(word, word), "what is right fits better")
    }
    for (typed, word) in [("itk", "itas"), ("psr", "paspor"), ("pasr", "paspor"), ("bayar", "biaya"), ("a", "ada")] {
      XCTAssertEqual(SearchWord.fit(typed, word), 0, typed)
    }
  }

  func testLongAndManyWordsEndSoon() throws {
    let long = String(repeating: "paspor ", count: 2000) + String(repeating: "x", count: 5000)
    let clock = ContinuousClock()
    let elapsed = try clock.measure { _ = try index(.indonesian).results(for: long) }
    XCTAssertLessThan(elapsed, .seconds(5))
  }
}
