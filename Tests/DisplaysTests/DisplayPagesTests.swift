import Client
import ModuleHarness
import XCTest

@testable import Displays

/// Displays over a real server, of a real queue's hall.
final class DisplayPagesTests: XCTestCase {
  private struct Office {
    let hall: DisplayHall
    let served: ServedModule

    func close() async {
      await served.stop()
      await hall.close()
    }

    /// The events of a display, from the first board on.
    func display() async throws -> EventReader {
      let port = await served.visitor().with { $0.port }
      return try Browser(port: port).events("/display/peristiwa")
    }
  }

  private func open() async throws -> Office {
    let hall = try await DisplayHall()
    return Office(hall: hall, served: try hall.serve())
  }

  func testDisplayIsSoundInBothLanguagesAndNamesNobody() async throws {
    let office = try await open()
    _ = try await office.hall.take()
    try await office.hall.call()
    for language in ["id", "en"] {
      let page = try await office.served.visitor(language).get("/display")
      XCTAssertEqual(page.status, 200)
      XCTAssertEqual(page.faults, [], language)
    }
    let unknown = try await office.served.visitor().get("/display/lantai-9")
    XCTAssertEqual(unknown.status, 404)
    await office.close()
  }

  func testDisplayGetsItsBoardAtOnceAndEachCallWithItsSentences() async throws {
    let office = try await open()
    _ = try await office.hall.take()
    let events = try await office.display()
    let first = try events.next()
    XCTAssertEqual(first?.name, "isi")
    try await office.hall.call()
    let call = try events.first { $0.name == "call" }
    XCTAssertTrue(call?.data.contains("Nomor A, nol nol satu, silakan ke loket satu.") ?? false, call?.data ?? "")
    XCTAssertNotNil(try events.first { $0.name == "isi" && $0.data.contains("A-001") }, "no board with the call")
    events.close()
    await office.close()
  }

  func testOnlyTodaysCallsAreSpoken() async throws {
    let office = try await open()
    _ = try await office.hall.take()
    let before = try await office.served.visitor().get("/suara/id-A-001-1.wav")
    XCTAssertEqual(before.status, 404, "it has not been called")
    let events = try await office.display()
    try await office.hall.call()
    XCTAssertNotNil(try events.first { $0.name == "call" })
    events.close()
    let sound = try await office.served.visitor().get("/suara/id-A-001-1.wav")
    XCTAssertEqual(sound.status, 200, "espeak-ng is installed by scripts/dependencies")
    XCTAssertEqual(sound.header("content-type"), "audio/wav")
    for other in ["id-A-002-1.wav", "id-A-001-2.wav", "jv-A-001-1.wav", "..%2F..%2Fetc%2Fpasswd"] {
      let answer = try await office.served.visitor().get("/suara/\(other)")
      XCTAssertEqual(answer.status, 404, other)
    }
    await office.close()
  }
}
