import Contracts
import Core
import Crypto
import Foundation
import Store
import XCTest

@testable import Appointments
@testable import Vault

final class DrawTests: XCTestCase {
  private let supervisor = Principal.officer(OfficerID(3), .supervisor)
  private var first: CivilDate { BookingOffice.monday.adding(days: 16) }
  private var last: CivilDate { BookingOffice.monday.adding(days: 17) }

  private func announce(_ office: BookingOffice, submission: String = "draw") async throws -> Draw {
    try await office.draws.announce(
      DrawTable.Plan(
        service: BookingOffice.passport, first: first, last: last, closes: office.clock.now + .hours(2),
        submission: submission), by: supervisor)
  }

  func testTheDrawGivesEachPlaceOnceAndEverybodyElseNothing() async throws {
    let office = try await BookingOffice()
    let draws = office.draws
    let draw = try await announce(office)
    XCTAssertEqual(draw.slots, 12)
    for _ in 0..<40 {
      _ = try await draws.enter(draw.id, with: try await office.apply(), wish: nil, isStrict: false)
    }
    office.clock.advance(by: .hours(2))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 { group.addTask { try await draws.drawAllDue() } }
      try await group.waitForAll()
    }
    let entries = try await office.store.read { try DrawTable.entries(of: draw.id, in: $0) }
    XCTAssertEqual(entries.compactMap(\.rank).sorted(), Array(1...40))
    XCTAssertEqual(Set(entries.compactMap(\.slot)).count, 12)
    XCTAssertEqual(Set(entries.compactMap(\.appointment)).count, 12)
    XCTAssertTrue(entries.filter { $0.rank ?? 0 <= 12 }.allSatisfy { $0.slot != nil }, "the first ones win")
    try await office.assertSound()
    await office.close()
  }

  func testAPersonEntersOnceWhateverApplicationTheyCome() async throws {
    let office = try await BookingOffice()
    let draws = office.draws
    let draw = try await announce(office)
    let one = try await office.apply(nik: "1371014101900001")
    let two = try await office.apply(nik: "1371014101900001")
    let entry = try await draws.enter(draw.id, with: one, wish: nil, isStrict: false)
    let again = try await draws.enter(draw.id, with: one, wish: first, isStrict: true)
    XCTAssertEqual(again.code, entry.code)
    let refused = try await problem { try await draws.enter(draw.id, with: two, wish: nil, isStrict: false) }
    XCTAssertEqual(refused, "appointment.draw-entered")
    let other = try await problem {
      try await draws.enter(draw.id, with: try await office.apply(BookingOffice.permit), wish: nil, isStrict: false)
    }
    XCTAssertEqual(other, "appointment.not-bookable")
    office.clock.advance(by: .hours(2))
    let late = try await problem {
      try await draws.enter(draw.id, with: try await office.apply(), wish: nil, isStrict: false)
    }
    XCTAssertEqual(late, "appointment.draw-closed")
    await office.close()
  }

  func testPlacesOfADrawAreNobodysUntilItAndThenEverybodys() async throws {
    let office = try await BookingOffice()
    let draws = office.draws
    let draw = try await announce(office)
    _ = try await draws.enter(draw.id, with: try await office.apply(), wish: last, isStrict: true)
    let number = try await office.apply()
    let early = try await problem { try await office.hold([number], on: first) }
    XCTAssertEqual(early, "appointment.gone")
    office.clock.advance(by: .hours(3))
    try await office.tidy()
    _ = try await office.hold([number], on: first)
    let winner = try await office.store.read { try DrawTable.entries(of: draw.id, in: $0).first }
    let day: CivilDate? = try await office.store.read { snapshot in
      try winner?.appointment.flatMap { try AppointmentTable.appointment($0, in: snapshot)?.day }
    }
    XCTAssertEqual(day, last, "the wish was not kept")
    await office.close()
  }

  func testTheSeedIsCommittedToInJournalAndLedgerBeforeAnybodyEnters() async throws {
    let office = try await BookingOffice()
    let draw = try await announce(office)
    let events = try await office.store.journal.events(after: 0, limit: 1000)
    let committed = try XCTUnwrap(events.first { $0.kind == "draw.committed" })
    XCTAssertTrue(committed.payload.contains(Hexadecimal.text(draw.commitment)))
    XCTAssertFalse(committed.payload.contains(Hexadecimal.text(try seed(of: draw, office))))
    let recorded = try await office.store.read { try office.vault.entries(of: .drawCommitment, limit: 5, in: $0) }
    XCTAssertEqual(recorded.count, 1)
    // A repeated announcement is the same draw.
    let same = try await announce(office)
    XCTAssertEqual(same.id, draw.id)
    let empty = try await problem { try await announce(office, submission: "another") }
    XCTAssertEqual(empty, "appointment.draw-empty")
    await office.close()
  }

  private func seed(of draw: Draw, _ office: BookingOffice) throws -> [UInt8] {
    try office.draws.seed(from: try XCTUnwrap(draw.seedSource))
  }

  /// A person who has a copy of the database while people enter could otherwise try which further entries favour a person.
  func testTheDatabaseDoesNotTellTheSeedBeforeTheOutcome() async throws {
    let office = try await BookingOffice()
    let draws = office.draws
    let draw = try await announce(office)
    _ = try await draws.enter(draw.id, with: try await office.apply(), wish: nil, isStrict: false)
    let seed = try seed(of: draw, office)
    XCTAssertEqual(seed.count, 32)
    XCTAssertEqual(draw.seed, [])
    XCTAssertNotEqual(draw.seedSource, seed)
    func isKept() throws -> Bool {
      try ["gapura.db", "gapura.db-wal"].contains { name in
        let file = try Data(contentsOf: office.directory.appending(path: name))
        return file.range(of: Data(seed)) != nil
          || file.range(of: Data(Hexadecimal.text(seed).utf8)) != nil
      }
    }
    XCTAssertFalse(try isKept())
    office.clock.advance(by: .hours(2))
    try await draws.drawAllDue()
    XCTAssertTrue(try isKept(), "the search finds nothing, whatever stands there")
    let drawn = try await office.store.read { try DrawTable.draw(draw.id, in: $0) }
    XCTAssertEqual(drawn?.seed, seed)
    await office.close()
  }

  func testAnInterruptedDrawIsGoneOnWithAndNobodyEntersMeanwhile() async throws {
    let office = try await BookingOffice(seed: testSeed())
    let draws = office.draws
    let draw = try await announce(office)
    for _ in 0..<30 {
      _ = try await draws.enter(draw.id, with: try await office.apply(), wish: nil, isStrict: false)
    }
    office.clock.advance(by: .hours(2))
    let before = office.clock.now
    try await office.store.write { try DrawTable.close(draw.id, at: before, in: $0) }
    let drawing = try await draws.drawing(draw.id)
    let begun = try XCTUnwrap(drawing)
    try await draws.write(begun.parts(of: 7)[0], of: begun)

    // The process ends here. The next one finds a clock that was set back.
    office.clock.set(before - .minutes(90))
    let late = try await problem {
      try await draws.enter(draw.id, with: try await office.apply(), wish: nil, isStrict: false)
    }
    XCTAssertEqual(late, "appointment.draw-closed")
    let half = try await DrawList.read(draw.id, office.draws)?.text() ?? ""
    let lines = half.split(separator: "\n").filter { $0.hasPrefix("entry ") }
    XCTAssertEqual(lines.count, 30)
    XCTAssertTrue(lines.allSatisfy { $0.hasPrefix("entry - ") && $0.hasSuffix(" - - none") }, "half an outcome is told")
    try await office.draws.drawAllDue()
    let entries = try await office.store.read { try DrawTable.entries(of: draw.id, in: $0) }
    XCTAssertEqual(entries.map(\.code), begun.results.map(\.entry), "it came out otherwise the second time")
    XCTAssertEqual(Set(entries.compactMap(\.appointment)).count, draw.slots)
    let text = try await DrawList.read(draw.id, office.draws)?.text() ?? ""
    XCTAssertEqual(try check(text, office), 0)
    try await office.assertSound()
    await office.close()
  }

  /// Thousands enter; while they are drawn, others book. `GAPURA_TEST_DRAW_ENTRIES=20000` makes it a whole city.
  func testThousandsAreDrawnInPartsWhileOthersBook() async throws {
    let count = ProcessInfo.processInfo.environment["GAPURA_TEST_DRAW_ENTRIES"].flatMap { Int($0) } ?? 3_000
    let office = try await BookingOffice(counterCount: 40, seed: testSeed())
    let draws = office.draws
    let draw = try await announce(office)
    let days = [nil, first, last]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for part in 0..<8 {
        group.addTask { [office] in
          for entrant in stride(from: part, to: count, by: 8) {
            _ = try await draws.enter(
              draw.id, with: office.applyUnsealed(), wish: days[entrant % 3], isStrict: entrant.isMultiple(of: 5))
          }
        }
      }
      try await group.waitForAll()
    }
    office.clock.advance(by: .hours(2))
    let began = ContinuousClock.now
    async let drawn: Void = draws.drawAllDue()
    let others = try await bookWhile(draw, isBeingDrawnAt: office)
    try await drawn
    print(
      "\(count) entries, \(draw.slots) slots: drawn in \(ContinuousClock.now - began);",
      "meanwhile \(others.count) looked for a time and booked it, the slowest in \(others.max() ?? .zero)")
    XCTAssertGreaterThan(others.count, count / DrawService.partCountMax / 4, "the others waited for the whole draw")

    let entries = try await office.store.read { try DrawTable.entries(of: draw.id, in: $0) }
    XCTAssertEqual(entries.map(\.rank), (1...count).map { $0 })
    XCTAssertEqual(Set(entries.compactMap(\.slot)).count, draw.slots, "slots were given twice, or kept back")
    XCTAssertEqual(entries.compactMap(\.appointment).count, draw.slots)
    let text = try await DrawList.read(draw.id, office.draws)?.text() ?? ""
    XCTAssertEqual(try check(text, office), 0, "the published script computes something else")
    try await office.assertSound()
    await office.close()
  }

  /// Looks for times and books them, one after another, until the draw has been published.
  ///
  /// - Returns: how long each of them waited.
  private func bookWhile(_ draw: Draw, isBeingDrawnAt office: BookingOffice) async throws -> [Duration] {
    var waits: [Duration] = []
    while try await office.store.read({ try DrawTable.draw(draw.id, in: $0)?.drawnAt == nil }) {
      let number = office.applyUnsealed()
      let began = ContinuousClock.now
      _ = try await SlotOverview.read(office.booking)
      let party = try await office.bookings.party([number], kind: .web)
      let days = try await office.bookings.openDays(party, kind: .web)
      guard let day = days.first, let time = day.begins.first else { continue }
      _ = try await office.book([number], on: day.day, at: time.description)
      waits.append(ContinuousClock.now - began)
    }
    return waits
  }

  func testTheReferenceScriptConfirmsTheDrawAndFindsAChangedOne() async throws {
    let office = try await BookingOffice()
    let draws = office.draws
    let draw = try await announce(office)
    for _ in 0..<20 {
      _ = try await draws.enter(draw.id, with: try await office.apply(), wish: first, isStrict: false)
    }
    let open = try await DrawList.read(draw.id, office.draws)?.text() ?? ""
    XCTAssertFalse(open.contains("seed "))
    office.clock.advance(by: .hours(2))
    try await draws.drawAllDue()
    let text = try await DrawList.read(draw.id, office.draws)?.text() ?? ""
    let genuine = try check(text, office)
    XCTAssertEqual(genuine, 0)
    let lines = text.split(separator: "\n").map(String.init)
    let entries = lines.filter { $0.hasPrefix("entry ") }
    let swapped =
      lines.filter { !$0.hasPrefix("entry ") } + [
        entries[0].replacingOccurrences(of: "entry 1 ", with: "entry 2 "),
        entries[1].replacingOccurrences(of: "entry 2 ", with: "entry 1 "),
      ] + entries.dropFirst(2)
    XCTAssertNotEqual(try check(swapped.joined(separator: "\n"), office), 0)
    XCTAssertNotEqual(try check((lines.dropLast()).joined(separator: "\n"), office), 0, "somebody was left out")
    // A favour: the last winner's slot for the first one who got none.
    let winner = try XCTUnwrap(entries.last { $0.hasSuffix(" given") })
    let loser = try XCTUnwrap(entries.first { $0.hasSuffix(" none") })
    let favoured = lines.map { line in
      guard line == winner || line == loser else { return line }
      let words = line.split(separator: " ")
      let got = (line == winner ? loser : winner).split(separator: " ").dropFirst(4)
      return (words.prefix(4) + got).joined(separator: " ")
    }
    XCTAssertNotEqual(try check(favoured.joined(separator: "\n"), office), 0, "somebody else has the slot")
    await office.close()
  }

  /// The exit status of the script.
  private func check(_ text: String, _ office: BookingOffice) throws -> Int32 {
    let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "share/assets/undian.py")
    let file = office.directory.appending(path: "daftar.txt")
    try Data(text.utf8).write(to: file)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = [script.path, file.path]
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  func testTheLedgerHoldsTheFingerprintOfTheWholeOutcome() async throws {
    let office = try await BookingOffice()
    let draws = office.draws
    let draw = try await announce(office)
    for _ in 0..<15 {
      _ = try await draws.enter(draw.id, with: try await office.apply(), wish: nil, isStrict: false)
    }
    let before = try await office.store.read { try office.vault.entries(of: .drawOutcome, limit: 5, in: $0) }
    XCTAssertEqual(before, [])
    office.clock.advance(by: .hours(2))
    try await draws.drawAllDue()
    let recorded = try await office.store.read { try office.vault.entries(of: .drawOutcome, limit: 5, in: $0) }
    let outcome = try XCTUnwrap(recorded.first)
    let text = try await DrawList.read(draw.id, office.draws)?.text() ?? ""
    let digest = Hexadecimal.text(try XCTUnwrap(office.draws.digest).sha256(Array(text.utf8)))
    XCTAssertEqual(
      outcome.facts, ["draw": draw.id.description, "entries": "15", "winners": "12", "commitment": digest])
    await office.close()
  }

  func testWhoHasAnAppointmentAlreadyGetsNoSecondOne() async throws {
    let office = try await BookingOffice()
    let draws = office.draws
    let draw = try await announce(office)
    let number = try await office.apply()
    let entry = try await draws.enter(draw.id, with: number, wish: nil, isStrict: false)
    _ = try await office.book([number])
    office.clock.advance(by: .hours(2))
    try await draws.drawAllDue()
    let result = try await office.store.read { try DrawTable.entry(entry.code, in: $0) }
    XCTAssertNotNil(result?.slot)
    XCTAssertNil(result?.appointment)
    try await office.assertSound()
    await office.close()
  }

  func testTheOrderIsTheOneThatTheRulesGiveByHand() throws {
    let lots = DrawLots(digest: LibraryDigest(library: try CryptoLibrary()))
    let seed = [UInt8](repeating: 0xAB, count: 32)
    // printf 'a\nb' | sha256sum
    XCTAssertEqual(
      Hexadecimal.text(try lots.entriesHash(["b", "a"])),
      "7e18f737311b2dc3b2f269dd78396b0351f14fb66efa879f768cb23181883c78")
    let hash = try lots.entriesHash(["a", "b", "c"])
    let order = try lots.order(["a", "b", "c"], seed: seed, entriesHash: hash)
    XCTAssertEqual(order, ["a", "b", "c"])
    XCTAssertEqual(order, try lots.order(["c", "a", "b"], seed: seed, entriesHash: hash))
  }

  func testWishesAreKeptWhilePlacesLastAndAStrictOneTakesNoOther() throws {
    let day = BookingOffice.monday
    let slots = [
      DrawLots.Slot(id: 1, day: day, at: CivilTime(minuteOfDay: 480)),
      DrawLots.Slot(id: 2, day: day.adding(days: 1), at: CivilTime(minuteOfDay: 480)),
      DrawLots.Slot(id: 3, day: day.adding(days: 1), at: CivilTime(minuteOfDay: 510)),
    ]
    let entries = [
      DrawLots.Entry(label: "a", wish: day.adding(days: 1), isStrict: true),
      DrawLots.Entry(label: "b", wish: nil, isStrict: false),
      DrawLots.Entry(label: "c", wish: day, isStrict: true),
      DrawLots.Entry(label: "d", wish: day, isStrict: false),
      DrawLots.Entry(label: "e", wish: nil, isStrict: false),
    ]
    XCTAssertEqual(DrawLots.assign(entries, slots), ["a": 2, "b": 1, "d": 3])
  }
}
