import Console
import Contracts
import Core
import Foundation
import Synchronization
import TinyTerminal
import XCTest

@testable import Gallery
@testable import Kiosk

final class ListenerTests: XCTestCase {
  func testVisitorTakesANumberOverTheSocket() async throws {
    let hall = try await TestHall()
    let terminal = try TestTerminal(hall.path)
    try terminal.waitToSee("Selamat datang.")
    XCTAssertTrue(terminal.screen.wasWiped)
    try hall.press(Self.toConfirmation.map(\.0), at: terminal, until: Self.toConfirmation.map(\.1))
    try hall.press(["\r\r"], at: terminal, until: ["Ada 5 orang di depan Anda."])
    XCTAssertEqual(hall.queue.requests.withLock { $0.count }, 1)
    XCTAssertEqual(hall.queue.requests.withLock { $0.first?.channel }, .kiosk)
    XCTAssertEqual(terminal.screen.unknown, [])
    await hall.listener.stop()
  }

  /// The keys of a visitor who takes a number for the first service, and what each brings.
  static let toConfirmation = [
    ("1", "Menu utama"), ("1", "Apakah Anda sudah punya"), ("2", "Pilih layanan"), ("1", "Layanan prioritas"),
    ("1", "Bantuan untuk Anda"), ("\r", "Sudah benar?"),
  ]

  func testCallForHelpNamesTheKiosk() async throws {
    let hall = try await TestHall()
    let terminal = try TestTerminal(hall.path, name: "lobi-2")
    try terminal.waitToSee("Selamat datang.")
    terminal.type("0")
    try terminal.waitToSee("Petugas sudah dipanggil.")
    XCTAssertEqual(hall.help.places.withLock { $0 }, ["lobi-2"])
    await hall.listener.stop()
  }

  func testLookUpIsNotOfferedWithoutTracking() async throws {
    let hall = try await TestHall()
    let terminal = try TestTerminal(hall.path)
    try terminal.waitToSee("Selamat datang.")
    terminal.type("1")
    try terminal.waitToSee("Ambil nomor antrean")
    XCTAssertFalse(terminal.sees("Lihat tahap permohonan"))
    await hall.listener.stop()
  }

  func testLoneEscapeGoesBackAndArrowsDoNot() async throws {
    let hall = try await TestHall()
    let terminal = try TestTerminal(hall.path)
    try terminal.waitToSee("Selamat datang.")
    try hall.press(Array(Self.toConfirmation.map(\.0)[..<3]), at: terminal, until: Self.toConfirmation.map(\.1))
    terminal.type("\u{1B}[A")
    terminal.type("\u{1B}")
    try terminal.waitToSee("Apakah Anda sudah punya nomor permohonan?")
    await hall.listener.stop()
  }

  func testResizedTerminalIsDrawnAnew() async throws {
    let hall = try await TestHall()
    let terminal = try TestTerminal(hall.path)
    try terminal.waitToSee("Selamat datang.")
    terminal.resize(Size(columns: 40, rows: 12))
    try terminal.waitToSee("Selamat datang.")
    XCTAssertEqual(terminal.screen.unknown, [])
    terminal.resize(Size(columns: 20, rows: 5))
    try terminal.waitToSee("Layar terlalu kecil.")
    await hall.listener.stop()
  }

  func testQuietVisitorIsForgottenAndTheTerminalWiped() async throws {
    let hall = try await TestHall()
    let terminal = try TestTerminal(hall.path)
    try terminal.waitToSee("Selamat datang.")
    try hall.press(
      ["1", "1", "1", "1234"], at: terminal,
      until: ["Menu utama", "Apakah Anda sudah punya", "Masukkan nomor", "1234"])
    hall.clock.advance(by: .seconds(65))
    try terminal.waitToSee("Masih di sana?")
    hall.clock.advance(by: .seconds(20))
    try terminal.waitToSee("Data Anda sudah dihapus dari layar ini.")
    XCTAssertFalse(terminal.sees("1234"))
    await hall.listener.stop()
  }

  func testGarbageIsAnsweredInPlainWordsAndTheOthersGoOn() async throws {
    let hall = try await TestHall()
    let other = try TestTerminal(hall.path)
    try other.waitToSee("Selamat datang.")
    let garbage = try TestTerminal(hall.path, hello: nil)
    garbage.sendRaw(Array("GET / HTTP/1.1\r\n\r\n".utf8))
    try garbage.waitForEnd()
    XCTAssertEqual(garbage.bye?.reason, .notUnderstood)
    XCTAssertTrue(garbage.bye?.words.contains("tidak dikenal") ?? false)
    XCTAssertTrue(garbage.bye?.words.contains("not understood") ?? false)
    other.type("1")
    try other.waitToSee("Menu utama")
    await hall.listener.stop()
  }

  func testRandomGarbageNeverBringsTheListenerDown() async throws {
    let seed = ProcessInfo.processInfo.environment["GAPURA_TEST_SEED"].flatMap { UInt64($0) } ?? SystemRandom().uint64()
    print("GAPURA_TEST_SEED=\(seed)")
    let random = SeededRandom(seed: seed)
    let hall = try await TestHall()
    for _ in 0..<60 {
      let terminal = try TestTerminal(hall.path, hello: random.below(2) == 0 ? Size(columns: 80, rows: 24) : nil)
      for _ in 0..<random.below(6) {
        let noise = random.bytes(random.below(200))
        terminal.sendRaw(random.below(2) == 0 ? noise : TerminalMessage.input(noise).bytes)
      }
    }
    let terminal = try TestTerminal(hall.path)
    try terminal.waitToSee("Selamat datang.")
    await hall.listener.stop()
  }

  func testInputBeforeHelloIsRefused() async throws {
    let hall = try await TestHall()
    let terminal = try TestTerminal(hall.path, hello: nil)
    terminal.type("1")
    try terminal.waitForEnd()
    XCTAssertEqual(terminal.bye?.reason, .notUnderstood)
    await hall.listener.stop()
  }

  func testOtherVersionIsTold() async throws {
    let hall = try await TestHall()
    let terminal = try TestTerminal(hall.path, hello: nil)
    terminal.send(.hello(version: 9, size: Size(columns: 80, rows: 24), name: "lobi-1"))
    try terminal.waitForEnd()
    XCTAssertEqual(terminal.bye?.reason, .version)
    await hall.listener.stop()
  }

  func testHalfAHelloIsLetGoWhenItsTimeIsUp() async throws {
    let hall = try await TestHall()
    let terminal = try TestTerminal(hall.path, hello: nil)
    let hello = TerminalMessage.hello(version: 1, size: Size(columns: 80, rows: 24), name: "lobi-1").bytes
    terminal.sendRaw(Array(hello.prefix(6)))
    let other = try TestTerminal(hall.path)
    try other.waitToSee("Selamat datang.")
    XCTAssertNil(terminal.bye)
    hall.clock.advance(by: .seconds(5))
    try terminal.waitForEnd()
    XCTAssertEqual(terminal.bye?.reason, .late)
    await hall.listener.stop()
  }

  func testFloodOfInputIsCutOff() async throws {
    let hall = try await TestHall()
    let terminal = try TestTerminal(hall.path)
    try terminal.waitToSee("Selamat datang.")
    for _ in 0..<4 { terminal.send(.input([UInt8](repeating: 0x39, count: 4000))) }
    try terminal.waitForEnd()
    XCTAssertEqual(terminal.bye?.reason, .flood)
    await hall.listener.stop()
  }

  func testTerminalThatDoesNotReadIsDroppedAndTheOthersGoOn() async throws {
    let hall = try await TestHall { limits in
      limits.unreadByteCountMax = 4096
      limits.inputBytesPerSecondMax = 10_000_000
    }
    let other = try TestTerminal(hall.path)
    try other.waitToSee("Selamat datang.")
    let slow = try TestTerminal(hall.path, name: "lobi-2")
    try slow.waitToSee("Selamat datang.")
    // A terminal of another size is drawn anew each time; nobody reads it.
    let deadline = Date(timeIntervalSinceNow: 20)
    while await hall.listener.sessionCount > 1, Date() < deadline {
      for columns in [80, 100] { slow.send(.resize(Size(columns: columns, rows: 24))) }
    }
    let count = await hall.listener.sessionCount
    XCTAssertEqual(count, 1)
    other.type("1")
    try other.waitToSee("Menu utama")
    await hall.listener.stop()
  }

  func testOneSessionTooManyIsTold() async throws {
    let hall = try await TestHall { $0.sessionCountMax = 2 }
    let first = try TestTerminal(hall.path)
    let second = try TestTerminal(hall.path)
    try first.waitToSee("Selamat datang.")
    try second.waitToSee("Selamat datang.")
    let third = try TestTerminal(hall.path)
    try third.waitForEnd()
    XCTAssertEqual(third.bye?.reason, .full)
    await hall.listener.stop()
  }

  func testStoppingDaemonSaysSo() async throws {
    let hall = try await TestHall()
    let terminal = try TestTerminal(hall.path)
    try terminal.waitToSee("Selamat datang.")
    await hall.listener.stop()
    try terminal.waitForEnd()
    XCTAssertEqual(terminal.bye?.reason, .stopping)
  }

  func testSocketIsForOwnerAndGroupOnly() async throws {
    let hall = try await TestHall()
    let attributes = try FileManager.default.attributesOfItem(atPath: hall.path)
    XCTAssertEqual((attributes[.posixPermissions] as? NSNumber)?.intValue, 0o660)
    await hall.listener.stop()
  }

  func testSecondListenerAtTheSamePathIsRefusedAndADeadOneReplaced() async throws {
    let hall = try await TestHall()
    let second = try TestHall.listener(FakeQueue(), FakeHelp(), ManualClock(Instant(milliseconds: 0)))
    do {
      try await second.listen(at: hall.path)
      XCTFail("two listeners at one path")
    } catch {
      XCTAssertEqual(error as? UnixSocketError, .inUse(hall.path))
    }
    await hall.listener.stop()
    try await second.listen(at: hall.path)
    let terminal = try TestTerminal(hall.path)
    try terminal.waitToSee("Selamat datang.")
    await second.stop()
  }

  func testFileThatIsNoSocketIsNotRemoved() async throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("file-\(UUID().uuidString)").path
    try "surat".write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let listener = try TestHall.listener(FakeQueue(), FakeHelp(), ManualClock(Instant(milliseconds: 0)))
    do {
      try await listener.listen(at: path)
      XCTFail("a file was taken for a socket")
    } catch {
      XCTAssertTrue("\(error)".contains("bind"), "\(error)")
    }
    XCTAssertEqual(try String(contentsOfFile: path, encoding: .utf8), "surat")
  }
}
