import Console
import Core
import Foundation
import Glibc
import Synchronization
import TinyTerminal
import XCTest

@testable import Gallery
@testable import Kiosk

/// The relay on a real pseudo-terminal.
final class RelayTests: XCTestCase {
  private func relay(_ hall: TestHall, _ pseudo: PseudoTerminal) throws -> KioskRelay {
    KioskRelay(
      socketPath: hall.path, name: "lobi-1", locales: try Sample.locales(), input: pseudo.near, output: pseudo.near)
  }

  /// A hall and a terminal, with the relay that will join them.
  private func terminal() async throws -> (hall: TestHall, pseudo: PseudoTerminal, relay: KioskRelay) {
    let (hall, pseudo) = (try await TestHall(), try PseudoTerminal())
    return (hall, pseudo, try relay(hall, pseudo))
  }

  func testRelayCarriesKeysAndScreensAndPutsTheTerminalBackAfterAHangUp() async throws {
    let hall = try await TestHall()
    let pseudo = try PseudoTerminal()
    let before = pseudo.localFlags
    XCTAssertNotEqual(before & UInt32(ECHO | ICANON), 0)
    let relay = try relay(hall, pseudo)
    async let ending = relay.run()
    try pseudo.waitToSee("Selamat datang.")
    XCTAssertEqual(pseudo.localFlags & UInt32(ECHO | ICANON), 0)
    pseudo.type("1")
    try pseudo.waitToSee("Menu utama")
    pseudo.resize(Size(columns: 40, rows: 12))
    try pseudo.waitToSee("Apa yang ingin Anda lakukan?")
    XCTAssertEqual(pseudo.screen.unknown, [])
    pseudo.hangUp()
    let ended = try await ending
    XCTAssertEqual(ended, .hangUp)
    await hall.listener.stop()
  }

  func testAnEnterHeldDownAtATerminalTakesOneNumberAndLeavesItOnTheScreen() async throws {
    let (hall, pseudo, relay) = try await terminal()
    async let ending = relay.run()
    defer { pseudo.hangUp() }
    try pseudo.waitToSee("Selamat datang.")
    for (key, shown) in ListenerTests.toConfirmation {
      hall.clock.advance(by: .seconds(2))
      pseudo.type(key)
      try pseudo.waitToSee(shown)
    }
    hall.clock.advance(by: .seconds(2))
    // As long as a keyboard repeats, far beyond the time in which a result stands.
    let released = ContinuousClock.now + .seconds(2)
    while ContinuousClock.now < released {
      pseudo.type("\r")
      _ = pseudo.wait(milliseconds: 33)
      pseudo.read()
    }
    try pseudo.waitToSee("Ada 5 orang di depan Anda.")
    try pseudo.waitToSee("Enter Selesai")
    XCTAssertEqual(hall.queue.requests.withLock { $0.count }, 1)
    hall.clock.advance(by: .seconds(2))
    pseudo.type("\r")
    try pseudo.waitToSee("Data Anda sudah dihapus dari layar ini.")
    pseudo.hangUp()
    _ = try await ending
    await hall.listener.stop()
  }

  func testACodeScannedAtATerminalPressesNoKeysAndOneOfOursLeadsOn() async throws {
    let (hall, pseudo, relay) = try await terminal()
    async let ending = relay.run()
    defer { pseudo.hangUp() }
    try pseudo.waitToSee("Selamat datang.")
    pseudo.type("0123456789012\r")
    try pseudo.waitToSee("Kode ini tidak dikenal.")
    try pseudo.waitToSee("This code is not known.")
    XCTAssertTrue(pseudo.screen.text.contains("Bahasa Indonesia"), pseudo.screen.text)
    XCTAssertEqual(hall.help.places.withLock { $0.count }, 0)
    pseudo.type("https://antre.example.go.id/lacak?nomor=\(Sample.number)\r")
    // Nobody has said in which language yet.
    try pseudo.waitToSee("Your code has been read.")
    hall.clock.advance(by: .seconds(2))
    pseudo.type("1")
    try pseudo.waitToSee(Sample.number.printed)
    hall.clock.advance(by: .seconds(2))
    pseudo.type("1")
    try pseudo.waitToSee("Ketik tanggal lahir")
    pseudo.hangUp()
    _ = try await ending
    await hall.listener.stop()
  }

  func testRelayPutsTheTerminalBackAfterASignal() async throws {
    let hall = try await TestHall()
    let pseudo = try PseudoTerminal()
    let before = pseudo.localFlags
    let relay = try relay(hall, pseudo)
    async let ending = relay.run()
    try pseudo.waitToSee("Selamat datang.")
    XCTAssertNotEqual(pseudo.localFlags, before)
    kill(getpid(), SIGTERM)
    let ended = try await ending
    XCTAssertEqual(ended, .signal(SIGTERM))
    XCTAssertEqual(pseudo.localFlags, before)
    pseudo.read()
    XCTAssertTrue(pseudo.screen.cursorIsVisible)
    XCTAssertFalse(pseudo.screen.text.contains("Selamat"), "nothing stays on the screen")
    await hall.listener.stop()
  }

  func testRelayWaitsForADaemonThatIsAwayAndComesBackByItself() async throws {
    let (hall, pseudo, relay) = try await terminal()
    async let ending = relay.run()
    try pseudo.waitToSee("Selamat datang.")
    await hall.listener.stop()
    try pseudo.waitToSee("Mohon tunggu.")
    try pseudo.waitToSee("Please wait.")
    let next = try TestHall.listener(FakeQueue(), FakeHelp(), hall.clock)
    try await next.listen(at: hall.path)
    try pseudo.waitToSee("Selamat datang.")
    pseudo.hangUp()
    _ = try await ending
    await next.stop()
  }

  /// `gapura-kiosk@ttyS0` calls its kiosk as systemd calls the terminal.
  func testEveryNameThatATerminalHasBelowDevMayNameAKiosk() throws {
    for name in [
      "tty2", "ttyS0", "ttyUSB0", "ttyAMA0", "hvc0", "pts/0", "lobi-1",
      "serial/by-id/usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0",
      "serial/by-path/platform-fd500000.pcie-pci-0000:01:00.0-usb-0:1.3:1.0-port0",
    ] {
      XCTAssertTrue(KioskProtocol.isName(name), name)
      let hello = TerminalMessage.hello(version: 1, size: Size(columns: 80, rows: 24), name: name)
      XCTAssertEqual(try TerminalMessage(.hello, Array(hello.bytes.dropFirst(3))), hello, name)
    }
    for unit in ["kiosk", "display"] {
      let units = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("systemd")
      let text = try String(contentsOf: units.appendingPathComponent("gapura-\(unit)@.service"), encoding: .utf8)
      // On a serial line another getty waits.
      XCTAssertTrue(text.contains("Conflicts=getty@%i.service serial-getty@%i.service"), unit)
    }
  }

  func testWhatIsWrittenIntoARefusalMovesNoCursor() {
    for name in ["a\u{1B}[2Jb", "a\nb", "a\u{9B}b", "a\u{202E}b", String(repeating: "a", count: 5000)] {
      for failure in [KioskRelay.Failure.badName(name), .badZone(name)] {
        let said = failure.description
        XCTAssertTrue(said.unicodeScalars.allSatisfy { $0.isASCII && $0.value >= 0x20 && $0.value != 0x7F }, said)
        XCTAssertLessThan(said.count, 300)
      }
    }
  }

  func testRelayRefusesWhatIsNoTerminalAndBadNames() async throws {
    let pseudo = try PseudoTerminal()
    let null = open("/dev/null", O_RDWR)
    defer { close(null) }
    let locales = try Sample.locales()
    for (relay, failure) in [
      (
        KioskRelay(socketPath: "/x", name: "lobi", locales: locales, input: null, output: null),
        KioskRelay.Failure.notATerminal
      ),
      (KioskRelay(socketPath: "/x", name: "Lobi 1", locales: locales, input: pseudo.near), .badName("Lobi 1")),
      (KioskRelay(socketPath: "/x", displayOf: "Lobi", locales: locales, input: pseudo.near), .badZone("Lobi")),
    ] {
      do {
        _ = try await relay.run()
        XCTFail("\(failure) was not noticed")
      } catch {
        XCTAssertEqual(error as? KioskRelay.Failure, failure)
      }
    }
  }
}

extension PseudoTerminal {
  fileprivate func waitToSee(_ text: String, file: StaticString = #filePath, line: UInt = #line) throws {
    let deadline = Date(timeIntervalSinceNow: 20)
    while !screen.text.squeezed.contains(text.squeezed) {
      guard Date() < deadline else {
        XCTFail("\(text) has not come; the screen is\n\(screen.text)", file: file, line: line)
        throw Problem(.fault, "test")
      }
      _ = wait(milliseconds: 200)
      read()
    }
  }
}
