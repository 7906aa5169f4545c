import Console
import Contracts
import Core
import XCTest

@testable import Gallery
@testable import Kiosk

/// Every screen, in each language, at each size, in both prints: whole, with its keys in their place.
final class ScreenTests: XCTestCase {
  private let sizes = [
    Size(columns: 80, rows: 24), Size(columns: 40, rows: 12), Size(columns: 80, rows: 25), Size(columns: 132, rows: 43),
    Size(columns: 40, rows: 24), Size(columns: 79, rows: 20),
  ]

  private func everyScreen(_ check: (Visitor, String) throws -> Void) throws {
    for language in [Language.indonesian, .english] {
      for size in sizes {
        for isLarge in [false, true] {
          for (name, prepare) in KioskPlaces.recorded {
            let visitor = try KioskPlaces.visitor(size, language, isLarge: isLarge, prepare)
            try check(visitor, "\(name) in \(language) at \(size), large: \(isLarge)")
          }
        }
      }
    }
  }

  func testEveryTextOfEveryScreenAppearsWhole() throws {
    try everyScreen { visitor, name in
      let pages = (0..<visitor.flow.pageCount(visitor.model)).map { page -> Frame in
        var model = visitor.model
        model.page = page
        return visitor.flow.view(model)
      }
      let reader = ScreenReader(pages, size: visitor.model.size)
      let content = visitor.flow.screen(visitor.model)
      XCTAssertTrue(
        reader.titles.allSatisfy { Self.isTitle($0, content.title.squeezed) }, "title of \(name): \(reader.titles)")
      for item in content.items {
        XCTAssertTrue(reader.shows(item), "\(item) of \(name) in\n\(reader.text)")
      }
      let hints = content.fixedKeys.map(\.text).joined().squeezed
      XCTAssertTrue(reader.fixedKeys.allSatisfy { $0 == hints }, "keys of \(name): \(reader.fixedKeys)")
      for keys in reader.screenKeys {
        for hint in content.actions {
          XCTAssertTrue(keys.contains(hint.text.squeezed), "\(hint) of \(name) in \(keys)")
        }
        if let turn = content.pageHints, pages.count > 1 {
          XCTAssertTrue(keys.contains(turn.previous.text.squeezed + turn.next.text.squeezed), "\(name): \(keys)")
        }
      }
    }
  }

  /// Whether the row is the title, whole or cut after some of its words.
  private static func isTitle(_ row: String, _ title: String) -> Bool {
    guard let cut = row.firstIndex(of: "…") else { return row.contains(title) }
    return cut > row.startIndex && title.hasPrefix(row[..<cut])
  }

  func testATitleThatIsTooLongForItsPageNumberIsCutAfterAWord() throws {
    let content = ScreenContent(
      title: "Kantor Imigrasi Kelas II Non-TPI Contoh", items: (0..<12).map { .text("Baris \($0)") })
    let layout = ScreenLayout(content, size: Size(columns: 40, rows: 12), isLarge: false)
    let title = layout.frame(page: 0).text(row: 0)
    XCTAssertTrue(title.hasPrefix(" Kantor Imigrasi Kelas II Non-TPI… "), title)
    XCTAssertTrue(title.trimmingCharacters(in: .whitespaces).hasSuffix(" 1/2"), title)
  }

  func testASmallFirstScreenSaysInEachLanguageWhatIsTheMatterBesideTheLanguages() throws {
    var visitor = try Visitor(size: Size(columns: 40, rows: 12))
    visitor.take(.hall(HallAvailability(office: .unattended(until: nil), services: [:])))
    XCTAssertTrue(visitor.sees("Belum ada loket yang buka saat ini."), visitor.screen)
    XCTAssertTrue(visitor.sees("No counter is open right now."), visitor.screen)
    XCTAssertNotNil(visitor.digit(of: "English"))
  }

  func testEntryScreensAreOnePageBecauseDigitsAreTypedThere() throws {
    try everyScreen { visitor, name in
      guard visitor.flow.isEntry(visitor.model.screen) else { return }
      XCTAssertEqual(visitor.flow.pageCount(visitor.model), 1, name)
    }
  }

  func testNoMessageIsMissing() throws {
    try everyScreen { visitor, name in
      XCTAssertFalse(visitor.screen.contains("kiosk."), "\(name)\n\(visitor.screen)")
      XCTAssertFalse(visitor.screen.contains("need."), name)
      XCTAssertFalse(visitor.screen.contains("{"), "an argument is missing on \(name)")
    }
  }

  func testHelpIsStatedOnEveryScreenInTheLastRow() throws {
    try everyScreen { visitor, name in
      guard visitor.model.secondsLeft == nil else { return }
      let help = visitor.flow.words(visitor.model)("kiosk.key.help")
      let row = try XCTUnwrap(visitor.rows.last).trimmingCharacters(in: .whitespaces)
      XCTAssertTrue(row.hasPrefix("0 \(help)") || row.hasPrefix("+ \(help)"), "\(name): \(row)")
    }
  }

  func testTicketAtFullSizeShowsALargeNumberAndAReadableCode() throws {
    var visitor = try Visitor()
    visitor.model.screen = .ticket(Personal(Sample.ticket()))
    let frame = visitor.flow.view(visitor.model)
    XCTAssertTrue(ScreenReader([frame], size: frame.size).showsLarge("A-012", scale: .small))
    let modules = (0..<24).joined { row in
      (0..<80).filter { frame[$0, row].style.tone == .picture }.count
    }
    XCTAssertGreaterThan(modules, 400)
    XCTAssertTrue(visitor.sees("Foto kode ini"), visitor.screen)
  }

  func testTicketWithoutRoomForTheCodeShowsItInLetters() throws {
    var visitor = try Visitor(size: Size(columns: 40, rows: 12))
    visitor.model.screen = .ticket(Personal(Sample.ticket()))
    var seen = ""
    for _ in 0..<visitor.flow.pageCount(visitor.model) {
      seen += visitor.screen
      visitor.type("8")
    }
    XCTAssertTrue(seen.squeezed.contains(Sample.ticket().reference.printed.squeezed), seen)
  }

  func testMenuInLargePrintIsOnePage() throws {
    for language in [Language.indonesian, .english] {
      for size in sizes {
        var visitor = try Visitor(size: size, language: language)
        visitor.take(
          .offer(
            KioskOffer(
              services: Sample.services, hasQueue: true, hasTracking: true, hasHelp: true, hasAppointments: true)))
        visitor.model.language = language
        visitor.model.isLarge = true
        visitor.model.screen = .menu
        XCTAssertEqual(visitor.flow.pageCount(visitor.model), 1, "\(language) at \(size)\n\(visitor.screen)")
      }
    }
  }

  func testEveryScreenInLargePrintIsFewPages() throws {
    try everyScreen { visitor, name in
      guard visitor.model.isLarge, visitor.model.size == Size(columns: 80, rows: 24) else { return }
      XCTAssertLessThanOrEqual(visitor.flow.pageCount(visitor.model), 3, "\(name)\n\(visitor.screen)")
    }
  }

  func testTheKeysOfTheFirstScreenAreNamedInBothLanguagesAtEverySize() throws {
    for size in sizes {
      for isLarge in [false, true] {
        var visitor = try Visitor(size: size)
        visitor.model.isLarge = isLarge
        let row = try XCTUnwrap(visitor.rows.last)
        for key in ["0 Bantuan/Help", "9 "] { XCTAssertTrue(row.contains(key), "\(size) \(isLarge): \(row)") }
        visitor.type("0")
        let help = try XCTUnwrap(visitor.rows.last)
        for key in ["0 Bantuan/Help", "9 ", "* Kembali/Back"] {
          XCTAssertTrue(help.contains(key), "\(size) \(isLarge): \(help)")
        }
      }
    }
  }

  func testTheQuestionsAboutNeedsInLargePrintAreFewPages() throws {
    for (screen, count) in [(KioskModel.Screen.priority, 2), (.assistance, 3)] {
      for language in [Language.indonesian, .english] {
        for size in sizes {
          var visitor = try Visitor(size: size, language: language)
          visitor.model.language = language
          visitor.model.isLarge = true
          visitor.model.screen = screen
          XCTAssertLessThanOrEqual(
            visitor.flow.pageCount(visitor.model), count, "\(language) at \(size)\n\(visitor.screen)")
        }
      }
    }
  }

  func testBeforeALanguageIsChosenEverythingIsSaidInBoth() throws {
    for size in sizes {
      var visitor = try Visitor(size: size)
      visitor.take(.hall(Sample.closedHall, isHelpHeard: false))
      visitor.type("0")
      visitor.take(.helpUnheard)
      var seen = ""
      for _ in 0..<visitor.flow.pageCount(visitor.model) {
        seen += visitor.screen
        visitor.type("8")
      }
      for said in ["tidak ada petugas yang dapat dipanggil", "No officer can be called from here now."] {
        XCTAssertTrue(seen.squeezed.contains(said.squeezed), "\(size)\n\(seen)")
      }
      visitor.wait(.seconds(61))
      for said in ["Tekan tombol apa saja.", "Press any key."] { XCTAssertTrue(visitor.sees(said), visitor.screen) }
      visitor.wait(.seconds(20))
      XCTAssertNotNil(visitor.digit(of: "English"), "\(size)\n\(visitor.screen)")
      XCTAssertFalse(visitor.sees("Your data"), "nobody gave any\n\(visitor.screen)")
    }
  }

  func testTheMenuOfASmallScreenKeepsItsChoicesOnOnePageWhateverIsTheMatter() throws {
    let states: [Availability] = [
      Sample.closedHall.office, .unattended(until: nil),
      .stopped(
        reason: StopReason(cause: .power, notes: [.indonesian: "Gardu sedang diperbaiki."]), resumesAt: nil,
        next: Sample.monday),
      .pastAdmission(closesAt: CivilTime(minuteOfDay: 960), cause: .time, next: Sample.monday),
    ]
    for state in states {
      for language in [Language.indonesian, .english] {
        var visitor = try Visitor(
          size: Size(columns: 40, rows: 12),
          offer: KioskOffer(
            services: Sample.services, hasQueue: true, hasTracking: true, hasHelp: true, hasAppointments: true))
        visitor.take(.hall(HallAvailability(office: state, services: [:])))
        visitor.model.language = language
        visitor.model.screen = .menu
        XCTAssertTrue(visitor.sees(visitor.flow.words(visitor.model)("kiosk.menu.help")), visitor.screen)
      }
    }
  }

  func testDigitOfAChoiceWorksFromEachPageOfAScreen() throws {
    var visitor = try Visitor()
    visitor.model.isLarge = true
    visitor.model.screen = .haveApplication
    XCTAssertGreaterThan(visitor.flow.pageCount(visitor.model), 1)
    for page in 0..<visitor.flow.pageCount(visitor.model) {
      var turned = visitor
      turned.model.page = page
      turned.type("2")
      XCTAssertEqual(turned.model.screen, .chooseService, "from page \(page)")
    }
  }

  func testWrappedWarningStandsBesideItsMark() throws {
    var visitor = try Visitor(size: Size(columns: 40, rows: 12))
    visitor.model.screen = .enterApplication
    visitor.type("123456789090")
    visitor.press(.enter)
    let first = try XCTUnwrap(visitor.rows.firstIndex { $0.contains("! Nomor ini") })
    XCTAssertTrue(visitor.rows[first].hasPrefix(" ! "))
    let second = visitor.rows[first + 1]
    XCTAssertTrue(second.hasPrefix("   "), second)
    XCTAssertNotEqual(second.dropFirst(3).first, " ", second)
  }

  func testLargePrintIsLarge() throws {
    var visitor = try Visitor()
    visitor.type("19")
    let reader = ScreenReader([visitor.flow.view(visitor.model)], size: visitor.model.size)
    XCTAssertTrue(reader.showsLarge("Lihat tahap", scale: .small), visitor.screen)
  }
}

extension Sequence {
  fileprivate func joined(_ count: (Element) -> Int) -> Int { reduce(0) { $0 + count($1) } }
}
