import Console
import Contracts
import Core
import XCTest

@testable import Gallery
@testable import Kiosk

final class FlowTests: XCTestCase {
  /// As far as the confirmation, for the first service of the list.
  private func visitorAtConfirmation() throws -> Visitor {
    var visitor = try Visitor()
    visitor.type("1121")
    visitor.type("1")
    visitor.press(.enter)
    XCTAssertEqual(visitor.model.screen, .confirm)
    return visitor
  }

  private func request(_ visitor: Visitor, file: StaticString = #filePath, line: UInt = #line) throws -> NumberRequest {
    guard case .takeNumber(let request) = visitor.effects.first else {
      XCTFail("no number is asked for: \(visitor.effects)", file: file, line: line)
      throw Problem(.fault, "test")
    }
    return request
  }

  func testStartClearsTheTerminalAndAsksWhatIsOffered() throws {
    let flow = try Visitor().flow
    XCTAssertEqual(
      flow.start(size: Size(columns: 80, rows: 24), at: Instant(milliseconds: 0)).1, [.wipe, .refreshOffer])
  }

  func testNumberForAServiceIsTakenWithSevenKeys() throws {
    var visitor = try visitorAtConfirmation()
    visitor.press(.enter)
    let request = try request(visitor)
    XCTAssertEqual(request.service, Sample.services[0].code)
    XCTAssertNil(request.application)
    XCTAssertTrue(request.needs.isEmpty)
    visitor.take(.ticket(Sample.ticket()))
    XCTAssertTrue(visitor.sees("Ada 5 orang di depan Anda."))
    XCTAssertTrue(visitor.sees("15 sampai 25 menit"))
  }

  func testEnterTwiceAsksOnce() throws {
    var visitor = try visitorAtConfirmation()
    visitor.press(.enter)
    XCTAssertEqual(visitor.effects.count, 1)
    visitor.press(.enter)
    XCTAssertEqual(visitor.effects, [])
    visitor.press(.escape)
    XCTAssertEqual(visitor.model.screen, .working)
  }

  func testAnotherTryAfterAFailureUsesTheSameSubmission() throws {
    var visitor = try visitorAtConfirmation()
    visitor.press(.enter)
    let first = try request(visitor)
    visitor.take(.problem(Problem(.unavailable, "kiosk.no-answer")))
    XCTAssertTrue(visitor.sees("Sistem belum menjawab."))
    visitor.press(.enter)
    XCTAssertEqual(visitor.model.screen, .confirm)
    visitor.press(.enter)
    XCTAssertEqual(try request(visitor), first)
  }

  func testAnotherRequestIsAnotherSubmission() throws {
    var visitor = try visitorAtConfirmation()
    visitor.press(.enter)
    let first = try request(visitor)
    visitor.take(.problem(Problem(.unavailable, "kiosk.no-answer")))
    visitor.press(.enter, .escape, .escape, .escape)
    XCTAssertEqual(visitor.model.screen, .chooseService)
    visitor.type("21")
    visitor.press(.enter, .enter)
    XCTAssertNotEqual(try request(visitor).submission, first.submission)
    XCTAssertEqual(try request(visitor).service, Sample.services[1].code)
  }

  func testServiceWithoutAnswerIsReportedAndTheLateAnswerDropped() throws {
    var visitor = try visitorAtConfirmation()
    visitor.press(.enter)
    let work = visitor.model.work
    visitor.wait(.seconds(16))
    XCTAssertTrue(visitor.sees("Sistem belum menjawab."))
    _ = visitor.flow.update(&visitor.model, .result(.ticket(Sample.ticket()), work: work), at: visitor.now)
    XCTAssertTrue(visitor.sees("Sistem belum menjawab."))
  }

  func testNeedsTravelWithTheRequest() throws {
    var visitor = try Visitor()
    visitor.type("1121")
    let pregnant = try XCTUnwrap(visitor.digit(of: "Ibu hamil"))
    visitor.type(pregnant)
    let wheelchair = try XCTUnwrap(visitor.digit(of: "Kursi roda"))
    let reading = try XCTUnwrap(visitor.digit(of: "Dibacakan dan dibantu mengisi"))
    visitor.type(wheelchair + reading + reading)
    visitor.type("9")
    visitor.press(.enter, .enter)
    let needs = try request(visitor).needs
    XCTAssertEqual(needs, Needs(priority: .pregnant, assistance: [.wheelchair, .largePrint]))
  }

  func testApplicationNumberMayBeTypedInGroups() throws {
    var visitor = try Visitor()
    visitor.type("111")
    visitor.type(Sample.number.printed.replacingOccurrences(of: " ", with: "-"))
    XCTAssertTrue(visitor.sees(Sample.number.printed))
    visitor.press(.enter)
    openWithBirthDate(&visitor)
    XCTAssertEqual(visitor.model.screen, .priority)
    visitor.type("1")
    visitor.press(.enter, .enter)
    XCTAssertEqual(try request(visitor).application, Personal(Sample.opened))
    XCTAssertNil(try request(visitor).service)
  }

  /// Types the date of birth, and the office finds it right.
  private func openWithBirthDate(_ visitor: inout Visitor) {
    XCTAssertEqual(visitor.model.screen, .enterBirthDate)
    visitor.type("17081990")
    visitor.press(.enter)
    visitor.take(.opened(Sample.opened))
  }

  func testANumberIsTakenWithAnApplicationOnlyOnceTheDateOfBirthWasRight() throws {
    var visitor = try Visitor()
    visitor.type("111\(Sample.number)")
    visitor.press(.enter)
    XCTAssertEqual(visitor.model.screen, .enterBirthDate)
    XCTAssertEqual(visitor.effects, [])
    visitor.type("18081990")
    visitor.press(.enter)
    let wrong = CivilDate(iso: "1990-08-18").map { Personal($0) }
    XCTAssertEqual(visitor.effects, [.open(Personal(Sample.number), bornOn: try XCTUnwrap(wrong))])
    visitor.take(.problem(Problem(.notFound, "tracking.not-found")))
    XCTAssertTrue(visitor.sees("Data tidak ditemukan."))
    visitor.press(.enter)
    openWithBirthDate(&visitor)
    XCTAssertEqual(visitor.model.screen, .priority)
    visitor.press(.escape)
    XCTAssertEqual(visitor.model.screen, .enterBirthDate, "back leads where the date is typed again")
  }

  func testWhoHasNoApplicationAfterAllTakesANumberWithoutOne() throws {
    var visitor = try Visitor()
    visitor.type("111\(Sample.number)")
    visitor.press(.enter)
    openWithBirthDate(&visitor)
    visitor.press(.escape, .escape, .escape)
    XCTAssertEqual(visitor.model.screen, .haveApplication)
    visitor.type("211")
    visitor.press(.enter, .enter)
    XCTAssertNil(try request(visitor).application)
    XCTAssertEqual(try request(visitor).service, Sample.services[0].code)
  }

  func testWhatAScannerSendsUnseenTypesNothingAndFullWidthDigitsAreDigits() throws {
    var visitor = try Visitor()
    visitor.type("111")
    visitor.type("\u{FEFF}\u{202A}1234\u{A0}\u{200B}５６７８\u{2013}9092\u{202C}")
    XCTAssertTrue(visitor.sees("1234 5678 9092"))
    visitor.press(.enter)
    XCTAssertEqual(visitor.model.screen, .enterBirthDate)
  }

  func testMistypedApplicationNumberIsCaughtAtOnceAndKept() throws {
    var visitor = try Visitor()
    visitor.type("111123456789090")
    visitor.press(.enter)
    XCTAssertEqual(visitor.effects, [.bell])
    XCTAssertTrue(visitor.sees("Nomor ini tidak tepat."))
    XCTAssertTrue(visitor.sees("1234 5678 9090"))
    visitor.press(.backspace)
    XCTAssertFalse(visitor.sees("Nomor ini tidak tepat."))
    XCTAssertTrue(visitor.sees("1234 5678 909"))
  }

  func testScannedAddressIsReadAsItsNumber() throws {
    var visitor = try Visitor()
    visitor.type("111")
    visitor.type("https://antre.example.go.id/lacak?nomor=\(Sample.number)")
    visitor.press(.enter)
    XCTAssertEqual(visitor.model.screen, .enterBirthDate, "a receipt that was found opens nothing")
  }

  func testANumberPadTypesEveryNumberAndStarIsAlwaysBack() throws {
    var visitor = try Visitor()
    visitor.type("12\(Sample.number)")
    visitor.press(.enter)
    XCTAssertEqual(visitor.model.screen, .enterBirthDate)
    visitor.type("*")
    XCTAssertEqual(visitor.model.screen, .enterApplication)
    visitor.type("1234*")
    XCTAssertEqual(visitor.model.screen, .menu)
  }

  func testLettersAmongDigitsAreRefusedAndTheDigitsStay() throws {
    var visitor = try Visitor()
    visitor.type("1112345")
    visitor.type("x")
    XCTAssertEqual(visitor.effects, [.bell])
    visitor.type("6")
    XCTAssertTrue(visitor.sees("2345 6"))
  }

  func testANumberOfAnotherKindAndANIKAreNamedForWhatTheyAre() throws {
    let words = try Sample.locales().words(.indonesian)
    let kind = words("form.number.kind.complaint")
    for (typed, said) in [
      (TypedNumber.example(.complaint), words("kiosk.scan.kind", ["kind": kind])),
      ("9971011708900001", "Ini NIK (16 angka)."),
    ] {
      var visitor = try Visitor()
      visitor.type("111")
      visitor.type(typed)
      visitor.press(.enter)
      XCTAssertTrue(visitor.sees(said), typed)
      XCTAssertTrue(visitor.sees(TypedNumber.grouped(typed.filter { $0 != " " })), "what was typed is gone")
    }
  }

  func testApplicationIsLookedUpWithTheDateOfBirth() throws {
    var visitor = try Visitor()
    visitor.type("12\(Sample.number)")
    visitor.press(.enter)
    visitor.type("31021990")
    visitor.press(.enter)
    XCTAssertTrue(visitor.sees("Tanggal ini tidak ada."))
    for _ in 0..<8 { visitor.press(.backspace) }
    visitor.type("17-08-1990")
    visitor.press(.enter)
    let date = try XCTUnwrap(CivilDate(year: 1990, month: 8, day: 17))
    XCTAssertEqual(visitor.effects, [.lookUp(Personal(Sample.number), bornOn: Personal(date))])
    visitor.take(.progress(Sample.progress))
    XCTAssertTrue(visitor.sees("Permohonan Anda sedang dalam tahap: Wawancara, foto dan sidik jari."))
    visitor.press(.enter)
    XCTAssertEqual(visitor.model.screen, .language)
  }

  func testUnknownApplicationShowsTheProblemAndTheWayBack() throws {
    var visitor = try Visitor()
    visitor.type("12\(Sample.number)")
    visitor.press(.enter)
    visitor.type("17081990")
    visitor.press(.enter)
    visitor.take(.problem(Problem(.notFound, "tracking.not-found")))
    XCTAssertEqual(visitor.effects, [.bell])
    visitor.press(.enter)
    XCTAssertEqual(visitor.model.screen, .enterBirthDate)
    XCTAssertFalse(visitor.sees("1990_"), "the typed date is cleared")
    XCTAssertTrue(visitor.sees("__-__-____"))
  }

  func testHelpIsCalledFromEverywhereAndTypingIsKept() throws {
    var visitor = try Visitor()
    visitor.type("121234")
    visitor.press(.character("+"))
    XCTAssertEqual(visitor.effects, [.callHelp])
    XCTAssertTrue(visitor.sees("Kami sedang memanggil petugas."))
    visitor.take(.helpComing)
    XCTAssertTrue(visitor.sees("Petugas sudah dipanggil."))
    visitor.press(.character("0"))
    XCTAssertEqual(visitor.effects, [], "one call is enough")
    visitor.press(.escape)
    XCTAssertTrue(visitor.sees("1234"))
  }

  func testFailedCallForHelpSendsToTheInformationDesk() throws {
    var visitor = try Visitor()
    visitor.type("10")
    visitor.take(.problem(Problem(.unavailable, "kiosk.no-answer")))
    XCTAssertTrue(visitor.sees("meja informasi"))
    visitor.press(.enter)
    XCTAssertEqual(visitor.model.screen, .menu)
  }

  func testAnswerToALeftCallForHelpDoesNotDisturbWhatCameAfter() throws {
    var visitor = try visitorAtConfirmation()
    visitor.type("0")
    let work = visitor.model.work
    visitor.press(.escape, .enter)
    _ = visitor.flow.update(
      &visitor.model, .result(.problem(Problem(.unavailable, "kiosk.no-answer")), work: work), at: visitor.now)
    XCTAssertEqual(visitor.model.screen, .working)
    visitor.take(.ticket(Sample.ticket()))
    XCTAssertTrue(visitor.sees("Ada 5 orang"))
  }

  func testMissingServicesTakeTheirEntriesFromTheMenu() throws {
    var visitor = try Visitor(
      offer: KioskOffer(services: [], hasQueue: false, hasTracking: false, hasHelp: false))
    visitor.type("1")
    XCTAssertFalse(visitor.sees("Ambil nomor antrean"))
    XCTAssertFalse(visitor.sees("Lihat tahap permohonan"))
    visitor.type("1")
    XCTAssertEqual(visitor.effects, [])
    XCTAssertTrue(visitor.sees("meja informasi"))
  }

  func testEnglishVisitorsSeeForeignersServicesFirst() throws {
    var visitor = try Visitor()
    visitor.type("212")
    XCTAssertTrue(visitor.sees("What are you here for today?"))
    XCTAssertEqual(visitor.digit(of: "New limited stay permit (ITAS)"), "1")
  }

  func testLongListsAreTurnedOverWithSevenAndEight() throws {
    var visitor = try Visitor(size: Size(columns: 40, rows: 12))
    visitor.type("112")
    XCTAssertNil(visitor.digit(of: "Izin tinggal tetap (ITAP)"))
    for _ in 0..<9 where visitor.digit(of: "Izin tinggal tetap (ITAP)") == nil { visitor.type("8") }
    visitor.type(try XCTUnwrap(visitor.digit(of: "Izin tinggal tetap (ITAP)")))
    visitor.type("1")
    visitor.press(.enter, .enter)
    XCTAssertEqual(try request(visitor).service, ServiceCode("itap"))
  }

  func testBackLeadsToTheFirstScreenFromEverywhere() throws {
    var visitor = try visitorAtConfirmation()
    for _ in 0..<10 { visitor.press(.escape) }
    XCTAssertEqual(visitor.model.screen, .language)
  }

  func testTooSmallTerminalIsToldSoAndMended() throws {
    var visitor = try Visitor(size: Size(columns: 30, rows: 8))
    XCTAssertTrue(visitor.sees("Perlu 40x12 huruf."))
    visitor.type("1")
    XCTAssertEqual(visitor.model.screen, .language)
    _ = visitor.flow.update(&visitor.model, .resize(Size(columns: 40, rows: 12)), at: visitor.now)
    XCTAssertTrue(visitor.sees("Selamat datang."))
  }

  func testNoKeyWhateverBreaksTheConversation() throws {
    let seed = ProcessInfo.processInfo.environment["GAPURA_TEST_SEED"].flatMap { UInt64($0) } ?? SystemRandom().uint64()
    print("GAPURA_TEST_SEED=\(seed)")
    let random = SeededRandom(seed: seed)
    let keys: [Key] =
      "0123456789*+-/.aZ".map { .character($0) } + [
        .enter, .enter, .escape, .backspace, .tab, .up, .down, .pageUp, .pageDown, .home, .function(1), .function(9),
      ]
    let results: [KioskResult] = [
      .ticket(Sample.ticket()), .progress(Sample.progress), .helpComing,
      .problem(Problem(.notFound, "tracking.not-found")),
    ]
    let sizes = [
      Size(columns: 80, rows: 24), Size(columns: 40, rows: 12), Size(columns: 0, rows: 0), Size(columns: 132, rows: 43),
    ]
    var visitor = try Visitor()
    for _ in 0..<4000 {
      switch random.below(20) {
      case 0: _ = visitor.flow.update(&visitor.model, .resize(sizes[random.below(sizes.count)]), at: visitor.now)
      case 1, 2: visitor.take(results[random.below(results.count)])
      case 3: visitor.wait(.seconds(random.below(30)))
      default: visitor.press(keys[random.below(keys.count)], after: .milliseconds(random.below(2000)))
      }
      XCTAssertEqual(visitor.flow.view(visitor.model).size, visitor.model.size)
      XCTAssertTrue(
        visitor.model.page >= 0 && visitor.model.page < visitor.flow.pageCount(visitor.model), "seed \(seed)")
      XCTAssertLessThan(visitor.model.trail.count, 30, "seed \(seed)")
    }
  }
}
