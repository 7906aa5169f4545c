import Console
import Contracts
import Core
import TinyTerminal
import XCTest

@testable import Gallery
@testable import Kiosk

/// Bytes at a terminal in virtual time: those of hands and those of scanners.
struct BareTerminal {
  private(set) var session: KioskSession
  private(set) var screen = TinyTerminal(Size(columns: 80, rows: 24))
  private(set) var work: [KioskEffect] = []
  private(set) var now = Instant(milliseconds: 1_000_000)
  private var lastInput = Instant(milliseconds: 0)
  private var number = 0

  init(scanner: ScannerShape = ScannerShape()) throws {
    let flow = KioskFlow(
      locales: try Sample.locales(),
      settings: KioskSettings(
        officeName: Sample.officeName, telephone: Sample.telephone, zone: .wib, ticketAddress: nil, scanner: scanner),
      random: SeededRandom(seed: 7))
    let (session, output) = KioskSession.open(
      flow, name: "lobi-1", size: Size(columns: 80, rows: 24), at: Instant(milliseconds: 1_000_000))
    self.session = session
    take(output)
    work = []
  }

  /// Sends bytes so long after the last ones; what was held back until then and is due is given out first.
  mutating func send(_ text: String, after pause: Duration) {
    let arrival = now + pause
    while let wait = session.wait(escape: .milliseconds(50)), lastInput + wait < arrival {
      lastInput = lastInput + wait
      take(session.flush(at: lastInput))
    }
    now = arrival
    lastInput = arrival
    take(session.input(Array(text.utf8), at: now))
  }

  /// Presses keys without haste, one by one.
  mutating func press(_ keys: String) {
    for key in keys { send(String(key), after: .seconds(2)) }
    rest()
  }

  mutating func rest() { send("", after: .seconds(2)) }

  mutating func answer(_ result: KioskResult) { take(session.take(result, number: number, at: now)) }

  func sees(_ text: String) -> Bool { screen.text.squeezed.contains(text.squeezed) }

  private mutating func take(_ output: KioskSession.Output) {
    screen.apply(output.bytes)
    for (effect, number) in output.work {
      self.number = number
      if effect == .refreshOffer {
        let offer = KioskOffer(
          services: Sample.services, hasQueue: true, hasTracking: true, hasHelp: true, hasAppointments: true)
        take(session.take(.offer(offer), number: number, at: now))
      } else if effect != .refreshHall {
        work.append(effect)
      }
    }
  }
}

/// What comes as fast as a scanner's is one scan or nothing.
final class ScannerTests: XCTestCase {
  private static let code = PublicCode(from: SeededRandom(seed: 5))
  private static let appointment = AppointmentNumber(from: SeededRandom(seed: 9))
  /// Every kind of screen without a field, by the keys that lead there, and what stands on it.
  private static let screens: [(keys: String, title: String)] = [
    ("", "Selamat datang."), ("1", "Menu utama"), ("11", "Apakah Anda sudah punya"), ("112", "Pilih layanan"),
    ("1121", "Layanan prioritas"), ("11211", "Bantuan untuk Anda"), ("11211\r", "Sudah benar?"),
    ("10", "Bantuan petugas"), ("2", "Main menu"),
  ]
  private static let foreign = [
    "0123456789012", "000000", "012", "8992761111113", "https://toko.example/p/0/1/2", "WIFI:S:Kantor;P:1234567890;;",
    "1,2,3,4,5,6,7,8,9,0", "0+0+0+0*0*0", "BEGIN:VCARD 01234567890", "\u{FEFF}99999",
  ]

  /// One scan as scanners and lines deliver it: characters up to 40 ms apart, or pieces of several with a pause between.
  private func scan(_ text: String, ending: String, _ terminal: inout BareTerminal, _ random: SeededRandom) {
    terminal.rest()
    // Of a piece of two or three characters nobody could tell what it is a piece of.
    switch random.below(text.count < 6 ? 2 : 3) {
    case 0: terminal.send(text + ending, after: .seconds(1))
    case 1:
      for (place, character) in (text + ending).enumerated() {
        terminal.send(String(character), after: place == 0 ? .seconds(1) : .milliseconds(random.below(41)))
      }
    default:
      let cut = 2 + random.below(text.count - 2)
      terminal.send(String(text.prefix(cut)), after: .seconds(1))
      terminal.send(text.dropFirst(cut) + ending, after: .milliseconds(random.below(251)))
    }
    terminal.rest()
  }

  private func seeded() -> (UInt64, SeededRandom) {
    let seed = ProcessInfo.processInfo.environment["GAPURA_TEST_SEED"].flatMap { UInt64($0) } ?? SystemRandom().uint64()
    print("GAPURA_TEST_SEED=\(seed)")
    return (seed, SeededRandom(seed: seed))
  }

  func testAForeignCodePressesNoKeyOnAnyScreenAndIsRefusedInASentence() throws {
    let (seed, random) = seeded()
    for (keys, title) in Self.screens {
      for text in Self.foreign {
        let ending = ["\r", "\n", "\r\n", "\t", ""][random.below(5)]
        var terminal = try BareTerminal()
        terminal.press(keys)
        let work = terminal.work
        XCTAssertTrue(terminal.sees(title), terminal.screen.text)
        scan(text, ending: ending, &terminal, random)
        let name = "“\(text)” on “\(title)”, seed \(seed)\n\(terminal.screen.text)"
        XCTAssertTrue(terminal.sees(title), name)
        XCTAssertEqual(terminal.work, work, name)
        XCTAssertTrue(terminal.sees(keys == "2" ? "This code is not known." : "Kode ini tidak dikenal."), name)
      }
    }
  }

  func testAForeignCodeLeavesAFieldAsItWas() throws {
    let (seed, random) = seeded()
    for text in ["https://toko.example/p/0/1/2", "WIFI:S:Kantor;P:1234567890;;", "12345678901234567890"] {
      var terminal = try BareTerminal()
      terminal.press("1112345")
      scan(text, ending: "\r", &terminal, random)
      XCTAssertTrue(terminal.sees("> 2345"), "\(text), seed \(seed)\n\(terminal.screen.text)")
      XCTAssertTrue(terminal.sees("Kode ini tidak dikenal."), text)
    }
  }

  func testAReceiptsCodeLeadsToItsApplicationFromEveryScreenWhereNothingWasBegun() throws {
    let (seed, random) = seeded()
    let number = Sample.number
    for text in [
      "https://antre.example.go.id/lacak?nomor=\(number)", "HTTP://127.0.0.1:8080/LACAK?NOMOR=\(number)",
      "]Q1https://antre.example.go.id/permohonan/\(number)", number.description,
    ] {
      for (keys, _) in Self.screens where keys.count < 2 || keys == "10" {
        var terminal = try BareTerminal()
        terminal.press(keys)
        scan(text, ending: "\r", &terminal, random)
        if keys.isEmpty { terminal.press("1") }
        let name = "\(text) after \(keys), seed \(seed)\n\(terminal.screen.text)"
        XCTAssertTrue(terminal.sees(number.printed), name)
        terminal.press("2")
        XCTAssertTrue(terminal.sees(keys == "2" ? "date of birth" : "Ketik tanggal lahir"), name)
        terminal.press("17081990\r")
        let born = try XCTUnwrap(CivilDate(year: 1990, month: 8, day: 17))
        XCTAssertEqual(terminal.work.last, .lookUp(Personal(number), bornOn: Personal(born)), name)
      }
      var terminal = try BareTerminal()
      terminal.press("11")
      scan(text, ending: "\r", &terminal, random)
      XCTAssertTrue(terminal.sees("Ketik tanggal lahir"), "asked for it, it is the answer\n\(terminal.screen.text)")
    }
  }

  func testAppointmentsAndTicketsLeadToTheirScreens() throws {
    let (_, random) = seeded()
    for keys in ["", "1", "11", "112", "14"] {
      var terminal = try BareTerminal()
      terminal.press(keys)
      scan("https://antre.example.go.id/janji/\(Self.code)", ending: "\t", &terminal, random)
      if keys.isEmpty { terminal.press("1") }
      XCTAssertEqual(terminal.work.last, .checkIn(Personal(Self.code), .indonesian), keys)
      terminal = try BareTerminal()
      terminal.press(keys)
      scan("https://antre.example.go.id/tiket/\(Self.code)", ending: "", &terminal, random)
      if keys.isEmpty { terminal.press("1") }
      XCTAssertEqual(terminal.work.last, .findTicket(Personal(Self.code)), keys)
      terminal.answer(.ticket(Sample.ticket()))
      XCTAssertTrue(terminal.sees("Ada 5 orang di depan Anda."))
      terminal = try BareTerminal()
      terminal.press(keys)
      scan(Self.appointment.description, ending: "\r", &terminal, random)
      if keys.isEmpty { terminal.press("1") }
      XCTAssertTrue(terminal.sees("Ketik tanggal lahir"), "\(keys)\n\(terminal.screen.text)")
    }
  }

  func testAScanBeforeALanguageIsChosenWaitsForItAndGoesOnInIt() throws {
    let (_, random) = seeded()
    for keys in ["", "0", "9"] {
      var terminal = try BareTerminal()
      terminal.press(keys)
      let work = terminal.work
      scan("https://antre.example.go.id/janji/\(Self.code)", ending: "\r", &terminal, random)
      XCTAssertEqual(terminal.work, work, "nothing is done in a language that nobody has chosen")
      if keys != "9" {
        XCTAssertTrue(terminal.sees("English"), terminal.screen.text)
        XCTAssertTrue(terminal.sees("Pilih bahasa untuk melanjutkan."), terminal.screen.text)
        XCTAssertTrue(terminal.sees("Choose a language to continue."), terminal.screen.text)
      }
      terminal.press("2")
      XCTAssertEqual(terminal.work.last, .checkIn(Personal(Self.code), .english), keys)
    }
    var terminal = try BareTerminal()
    scan(Sample.number.description, ending: "\r", &terminal, random)
    terminal.press("*2")
    XCTAssertTrue(terminal.sees("Main menu"), "who leaves is not followed by their paper\n\(terminal.screen.text)")
    terminal = try BareTerminal()
    scan(Sample.number.description, ending: "\r", &terminal, random)
    terminal.press("2")
    XCTAssertTrue(terminal.sees("What would you like to do?"), terminal.screen.text)
    XCTAssertTrue(terminal.sees(Sample.number.printed), terminal.screen.text)
  }

  func testATicketsNumberOpensNothingTypedOrScanned() throws {
    let number = TypedNumber.example(.ticket).filter { $0 != " " }
    for keys in ["111", "12", "13"] {
      var terminal = try BareTerminal()
      terminal.press("\(keys)\(number)\r")
      XCTAssertEqual(terminal.work, [], keys)
      XCTAssertTrue(terminal.sees("Ini tiket antrean."), terminal.screen.text)
      terminal = try BareTerminal()
      terminal.press("1")
      terminal.send(number + "\r", after: .seconds(1))
      XCTAssertEqual(terminal.work, [])
      XCTAssertTrue(terminal.sees("Masukkan PIN tiket"), terminal.screen.text)
    }
  }

  func testWhatWasBegunIsDroppedForAScanOnlyAfterAQuestion() throws {
    let (_, random) = seeded()
    var terminal = try BareTerminal()
    terminal.press("11211")
    scan("https://antre.example.go.id/janji/\(Self.code)", ending: "\r", &terminal, random)
    XCTAssertEqual(terminal.work, [])
    XCTAssertTrue(terminal.sees("Ini janji temu."), terminal.screen.text)
    terminal.press("2")
    XCTAssertTrue(terminal.sees("Bantuan untuk Anda"), "the answers are there as they were")
    scan("https://antre.example.go.id/janji/\(Self.code)", ending: "\r", &terminal, random)
    terminal.press("1")
    XCTAssertEqual(terminal.work, [.checkIn(Personal(Self.code), .indonesian)])
    terminal.answer(.problem(Problem(.conflict, "appointment.too-early", ["time": "08.30"])))
    terminal.press("\r")
    XCTAssertTrue(terminal.sees("Bantuan untuk Anda"), "what did not succeed dropped nothing\n\(terminal.screen.text)")
  }

  func testAHalfTypedFieldIsKeptWhileItIsAsked() throws {
    let (_, random) = seeded()
    var terminal = try BareTerminal()
    terminal.press("111234")
    scan("https://antre.example.go.id/tiket/\(Self.code)", ending: "\r", &terminal, random)
    XCTAssertTrue(terminal.sees("Ini tiket antrean."), terminal.screen.text)
    terminal.press("*")
    XCTAssertTrue(terminal.sees("> 234"), terminal.screen.text)
  }

  func testANumberOnTheScreenIsNotWipedByAScan() throws {
    let (_, random) = seeded()
    var terminal = try BareTerminal()
    terminal.press("11211\r\r")
    terminal.answer(.ticket(Sample.ticket()))
    scan("https://antre.example.go.id/tiket/\(Sample.ticket().code)", ending: "\r", &terminal, random)
    XCTAssertTrue(terminal.sees("Ada 5 orang di depan Anda."), "its own code")
    scan("8992761111113", ending: "\r", &terminal, random)
    XCTAssertTrue(terminal.sees("Kode ini tidak dikenal."), terminal.screen.text)
    scan("https://antre.example.go.id/janji/\(Self.appointment)", ending: "\r", &terminal, random)
    scan(Self.appointment.description, ending: "\r", &terminal, random)
    XCTAssertTrue(terminal.sees("Layar Anda sebelumnya akan ditutup."), terminal.screen.text)
    terminal.press("2")
    XCTAssertTrue(terminal.sees("Ada 5 orang di depan Anda."), terminal.screen.text)
  }

  func testAScannerThatLiesOnAPaperOpensItOnce() throws {
    var terminal = try BareTerminal()
    terminal.send("https://antre.example.go.id/janji/\(Self.code)\r", after: .milliseconds(800))
    terminal.press("1")
    for _ in 0..<10 {
      terminal.send("https://antre.example.go.id/janji/\(Self.code)\r", after: .milliseconds(800))
      if terminal.work.count == 1 { terminal.answer(.problem(Problem(.conflict, "appointment.other-day"))) }
    }
    XCTAssertEqual(terminal.work.count, 1)
  }

  func testNumbersOfOtherKindsAndProofsAreNamedForWhatTheyAre() throws {
    let (_, random) = seeded()
    for (text, said) in [
      (TypedNumber.example(.complaint).filter { $0 != " " }, "Ini nomor pengaduan."),
      ("https://antre.example.go.id/verifikasi/T-0123456789", "Kode ini untuk memeriksa keaslian."),
    ] {
      var terminal = try BareTerminal()
      terminal.press("1")
      scan(text, ending: "\r", &terminal, random)
      XCTAssertTrue(terminal.sees(said), terminal.screen.text)
      XCTAssertTrue(terminal.sees("Menu utama"))
    }
  }

  func testATypistOfTenKeysASecondIsNeverTakenForAScanner() throws {
    let (seed, random) = seeded()
    for _ in 0..<50 {
      var terminal = try BareTerminal()
      terminal.press("1")
      for key in "2\(Sample.number)" { terminal.send(String(key), after: .milliseconds(60 + random.below(80))) }
      terminal.rest()
      XCTAssertTrue(terminal.sees(Sample.number.printed), "seed \(seed)\n\(terminal.screen.text)")
      XCTAssertFalse(terminal.sees("Kode ini"), "seed \(seed)")
      terminal.send("\r", after: .milliseconds(60 + random.below(80)))
      for key in "17081990" { terminal.send(String(key), after: .milliseconds(60 + random.below(80))) }
      terminal.rest()
      XCTAssertTrue(terminal.sees("17-08-1990"), "seed \(seed)\n\(terminal.screen.text)")
    }
  }

  func testKeysThatALineDeliversTogetherFillAField() throws {
    var terminal = try BareTerminal()
    terminal.press("12123")
    terminal.send("456", after: .seconds(1))
    terminal.send("7890", after: .milliseconds(900))
    terminal.rest()
    XCTAssertTrue(terminal.sees("1234 5678 90"), terminal.screen.text)
    terminal.send("92\r", after: .seconds(1))
    XCTAssertTrue(terminal.sees("Ketik tanggal lahir"), terminal.screen.text)
    terminal.send("17081990\r", after: .seconds(1))
    XCTAssertEqual(terminal.work.count, 1)
  }

  func testAHeldKeyIsNoScan() throws {
    var terminal = try BareTerminal()
    terminal.press("1")
    terminal.send("9", after: .seconds(2))
    terminal.send("9", after: .milliseconds(250))
    for _ in 0..<200 { terminal.send("9", after: .milliseconds(33)) }
    terminal.rest()
    XCTAssertFalse(terminal.sees("Kode ini"), terminal.screen.text)
    terminal.press("9")
    XCTAssertTrue(terminal.sees("Menu utama"), "large print once on, once off\n\(terminal.screen.text)")
  }

  func testAConfiguredPrefixMakesAScanOfWhatASlowLineDeliversKeyByKey() throws {
    for (mark, sent) in [(Character("~"), "~"), (Character("\u{2}"), "\u{2}")] {
      var terminal = try BareTerminal(scanner: ScannerShape(prefix: mark, suffix: "#"))
      terminal.press("1")
      for key in sent + "0120" { terminal.send(String(key), after: .milliseconds(200)) }
      terminal.send("#", after: .milliseconds(200))
      XCTAssertTrue(terminal.sees("Kode ini tidak dikenal."), terminal.screen.text)
      XCTAssertEqual(terminal.work, [])
      for key in sent + "https://antre.example.go.id/janji/\(Self.code)#" {
        terminal.send(String(key), after: .milliseconds(200))
      }
      XCTAssertEqual(terminal.work, [.checkIn(Personal(Self.code), .indonesian)])
    }
  }

  func testTheEnterOfAScanThatComesLateIsNoKeyOfTheNextScreen() throws {
    var terminal = try BareTerminal()
    terminal.press("11")
    terminal.send(Sample.number.description, after: .seconds(1))
    terminal.send("\r", after: .milliseconds(600))
    XCTAssertTrue(terminal.sees("Ketik tanggal lahir"), terminal.screen.text)
    XCTAssertFalse(terminal.sees("Tanggal ini tidak ada"), "the Enter was the scan's")
    terminal.press("*1")
    terminal.send(TypedNumber.example(.complaint), after: .seconds(1))
    terminal.send("\r", after: .milliseconds(600))
    XCTAssertFalse(terminal.sees("Ketik tanggal lahir"), terminal.screen.text)
  }
}
