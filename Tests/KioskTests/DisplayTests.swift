import Console
import Contracts
import Core
import Foundation
import Synchronization
import TinyTerminal
import XCTest

@testable import Gallery
@testable import Kiosk

/// Boards that a test shows.
private final class FakeBoards: HallBoardService {
  private let state = Mutex<(latest: HallBoard, watchers: [AsyncStream<HallBoard>.Continuation])>(
    (HallBoard(zone: nil, calls: [], next: [], waiting: 0, ticker: []), []))

  func boards(of zone: String?) -> AsyncStream<HallBoard>? {
    guard zone != "lantai-9" else { return nil }
    let (stream, continuation) = AsyncStream<HallBoard>.makeStream()
    state.withLock { state in
      state.watchers.append(continuation)
      continuation.yield(state.latest)
    }
    return stream
  }

  func show(_ board: HallBoard) {
    state.withLock { state in
      state.latest = board
      for watcher in state.watchers { watcher.yield(board) }
    }
  }
}

final class DisplayTests: XCTestCase {
  func board(_ calls: [(String, Int)]) -> HallBoard {
    HallBoard(
      zone: nil, calls: calls.map { HallBoard.Call(number: $0.0, counter: $0.1, calls: 1) }, next: ["A-014", "B-003"],
      waiting: 7,
      priority: LocalizedText([.indonesian: "Jalur prioritas: 2 orang menunggu", .english: "Priority line"]),
      ticker: [LocalizedText([.indonesian: "Siapkan dokumen.", .english: "Have your documents ready."])])
  }

  private func source(_ boards: FakeBoards) throws -> HallTerminal.Source {
    HallTerminal.Source(
      boards: boards, officeName: Sample.officeName, locales: try Sample.locales(), zone: .wib,
      clock: ManualClock(Instant(milliseconds: 1_795_399_200_000)))
  }

  func text(_ board: HallBoard, _ columns: Int, _ rows: Int) throws -> [String] {
    let frame = HallFrame(
      board: board, source: try source(FakeBoards()), now: Instant(milliseconds: 1_795_399_200_000), turn: 0
    ).draw(Size(columns: columns, rows: rows))
    return (0..<rows).map { frame.text(row: $0) }
  }

  func testScreenShowsTimeCallsAndWhoIsNext() throws {
    let lines = try text(board([("A-012", 3), ("B-002", 1)]), 80, 24)
    XCTAssertTrue(lines[0].contains("09.00 WIB"), lines[0])
    let screen = lines.joined(separator: "\n")
    for words in [
      "Panggilan terbaru", "B-002  Loket 1", "7 orang menunggu", "A-014  B-003", "Jalur prioritas: 2 orang menunggu",
      "Siapkan dokumen.",
    ] {
      XCTAssertTrue(screen.contains(words), "\(words) is missing in\n\(screen)")
    }
  }

  func testALineAtTheBottomThatIsTooLongIsBrokenAndHidesNothing() throws {
    let said = Sample.closingEarly.sentence(try Sample.locales().words(.indonesian), in: .wib)
    let board = HallBoard(
      zone: nil, calls: [HallBoard.Call(number: "A-012", counter: 3, calls: 1)], next: ["A-014"], waiting: 7,
      ticker: [LocalizedText([.indonesian: said, .english: said])])
    for columns in [40, 80] {
      let lines = try text(board, columns, 24)
      XCTAssertTrue(lines.joined().squeezed.contains(said.squeezed), lines.joined(separator: "\n"))
      XCTAssertTrue(lines.joined().contains("A-014"), lines.joined(separator: "\n"))
    }
  }

  func testEverySizeOfTerminalIsDrawnWithoutHarm() throws {
    let many = board((1...30).map { ("A-0\($0)", $0) })
    for columns in [1, 19, 20, 40, 80, 132, 300] {
      for rows in [1, 5, 6, 12, 24, 50, 100] { _ = try text(many, columns, rows) }
    }
  }

  private func listener(_ boards: FakeBoards, at path: String) async throws -> KioskListener {
    let random = SeededRandom(seed: 1)
    let clock = ManualClock(Instant(milliseconds: 1_000_000))
    let listener = KioskListener(
      flow: KioskFlow(
        locales: try Sample.locales(),
        settings: KioskSettings(
          officeName: Sample.officeName, telephone: Sample.telephone, zone: .wib,
          ticketAddress: "https://antre.example.go.id/k/"),
        random: random),
      services: KioskServices(
        services: ServiceRegistry(), zone: .wib, clock: clock, random: random, log: SilentLog()),
      log: SilentLog(), clock: clock, hall: try source(boards))
    try await listener.listen(at: path)
    return listener
  }

  private func path() -> String {
    FileManager.default.temporaryDirectory.appending(path: "display-\(UUID().uuidString.prefix(8))").path
  }

  func testTerminalFollowsTheHallOverTheSocket() async throws {
    let boards = FakeBoards()
    let path = path()
    let listener = try await listener(boards, at: path)
    let terminal = try TestTerminal(path, hello: nil)
    terminal.send(.watch(version: 1, size: Size(columns: 80, rows: 24), zone: nil))
    try terminal.waitToSee("Belum ada panggilan.")
    boards.show(board([("A-012", 3), ("B-002", 1)]))
    try terminal.waitToSee("B-002  Loket 1")
    terminal.type("keys are of no use here")
    terminal.resize(Size(columns: 40, rows: 12))
    try terminal.waitToSee("Bersiap, sebentar lagi: A-014")
    XCTAssertEqual(terminal.screen.unknown, [])
    await listener.stop()
  }

  func testUnknownZoneIsToldInWords() async throws {
    let path = path()
    let listener = try await listener(FakeBoards(), at: path)
    let terminal = try TestTerminal(path, hello: nil)
    terminal.send(.watch(version: 1, size: Size(columns: 80, rows: 24), zone: "lantai-9"))
    try terminal.waitForEnd()
    XCTAssertEqual(terminal.bye?.reason, .unknownZone)
    await listener.stop()
  }

  func testKioskCannotBecomeADisplay() async throws {
    let path = path()
    let listener = try await listener(FakeBoards(), at: path)
    let terminal = try TestTerminal(path)
    try terminal.waitToSee("Selamat datang.")
    terminal.send(.watch(version: 1, size: Size(columns: 80, rows: 24), zone: nil))
    try terminal.waitForEnd()
    XCTAssertEqual(terminal.bye?.reason, .notUnderstood)
    await listener.stop()
  }

  func testCallRingsOnceAndTheClockDoesNot() throws {
    var (display, _) = HallTerminal.open(try source(FakeBoards()), size: Size(columns: 80, rows: 24))
    XCTAssertFalse(display.show(board([])).contains(0x07))
    XCTAssertTrue(display.show(board([("A-012", 3)])).contains(0x07))
    XCTAssertFalse(display.show(board([("A-012", 3)])).contains(0x07))
    XCTAssertEqual(display.tick(), [], "nothing has changed")
  }
}
