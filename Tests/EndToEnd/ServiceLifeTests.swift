import Client
import Foundation
import XCTest

/// How the process begins, lives with the service manager, and ends.
final class ServiceLifeTests: XCTestCase {
  func testServiceManagerIsToldOfReadinessReloadAndStop() throws {
    let office = try closedOffice()
    let manager = try NotifySocket(in: office.directory)
    try office.start(environment: ["NOTIFY_SOCKET": manager.path])
    let ready = try XCTUnwrap(manager.next())
    XCTAssertTrue(ready.contains("READY=1"), "\(ready)")
    XCTAssertTrue(ready.contains("STATUS=Serving http://127.0.0.1:\(office.port)"), "\(ready)")

    office.reload()
    XCTAssertTrue(manager.hears("RELOADING=1"))
    XCTAssertTrue(manager.hears("READY=1"))

    XCTAssertEqual(office.stop(), 0, office.log)
    XCTAssertTrue(manager.hears("STOPPING=1"))
  }

  func testWatchdogIsFedWhileTheWriterAndTheListenerAnswer() throws {
    let office = try closedOffice()
    let manager = try NotifySocket(in: office.directory)
    try office.start(environment: ["NOTIFY_SOCKET": manager.path, "WATCHDOG_USEC": "200000"])
    for _ in 0..<5 { XCTAssertTrue(manager.hears("WATCHDOG=1")) }
  }

  func testSocketsPassedInAreServed() throws {
    let office = try closedOffice()
    let port = try FreePort.next()
    try FileManager.default.createDirectory(atPath: office.runtime, withIntermediateDirectories: true)
    try office.startBySocket(at: ["127.0.0.1:\(port)", office.kioskSocket]) {
      // The first connection starts the service; its request is answered once it is up.
      let connection = try Connection(port: port)
      try connection.send("GET /kesehatan HTTP/1.1\r\nHost: localhost\r\n\r\n")
      XCTAssertEqual(try connection.readAnswer().status, 200)
    }
    office.listens(on: port)
    XCTAssertEqual(try Browser(port: port).get("/").status, 200)
    _ = try Connection(unixSocket: office.kioskSocket)
  }

  func testSocketsOfBothListenersArePassedIn() throws {
    let office = try closedOffice()
    let (port, hallPort) = (try FreePort.next(), try FreePort.next())
    try FileManager.default.createDirectory(atPath: office.runtime, withIntermediateDirectories: true)
    // The hall's is known by its port, wherever it stands.
    try office.startBySocket(
      at: ["127.0.0.1:\(hallPort)", "127.0.0.1:\(port)", office.kioskSocket], hallPort: hallPort
    ) {
      let connection = try Connection(port: port)
      try connection.send("GET /kesehatan HTTP/1.1\r\nHost: localhost\r\n\r\n")
      XCTAssertTrue(
        ["ok\n", "closed\n"].contains(String(decoding: try connection.readAnswer().body, as: UTF8.self)),
        "what the office's hours say, and no more")
    }
    XCTAssertTrue(try Browser(port: hallPort).get("/kesehatan").text.contains("queue: ok"))
  }

  func testBrokenCatalogueIsReportedAtReloadAndThePreviousOneStaysInForce() throws {
    let (office, browser) = try openOffice()
    let file = office.configuration.appendingPathComponent("services/10-paspor-elektronik-10.json5")
    let sound = try String(contentsOf: file, encoding: .utf8)
    try sound.replacingOccurrences(of: "promisedWorkingDays", with: "promisedWorkingDay").write(
      to: file, atomically: true, encoding: .utf8)
    office.reload()
    let line = try office.waitForLog("the previous one stays in force")
    XCTAssertNotNil(line.firstMatch(of: /10-paspor-elektronik-10\.json5:\d+:\d+/), line)
    XCTAssertTrue(line.contains("Did you mean \"promisedWorkingDays\"?"), line)
    XCTAssertEqual(try browser.get("/layanan/paspor-elektronik-10").status, 200)

    // Health says so until it is right again, and nobody says "reloaded" before.
    let health = { try Browser(port: office.hallPort).visit("/kesehatan") }
    XCTAssertTrue(try health().text.hasPrefix("degraded\n"))
    XCTAssertTrue(try health().text.contains("configuration: degraded"))
    XCTAssertTrue(try health().text.contains("systemctl reload gapura"))
    XCTAssertEqual(try health().status, 200, "the hall goes on")
    XCTAssertFalse(office.log.contains("reloaded"), office.log)
    XCTAssertEqual(office.log.components(separatedBy: "health.troubles").count, 2, "each poll says it again")
    try sound.write(to: file, atomically: true, encoding: .utf8)
    office.reload()
    _ = try office.waitForLog("reloaded")
    XCTAssertFalse(try health().text.contains("configuration:"))
  }

  func testAJournalThatCannotBeFollowedIsSaidOnTheHealthPageUntilItCan() throws {
    let (office, _) = try openOffice()
    let isSaid = { try Browser(port: office.hallPort).visit("/kesehatan").text.contains("\njournal: degraded ") }
    XCTAssertFalse(try isSaid())
    for (from, to, expected) in [("store_events", "away", true), ("away", "store_events", false)] {
      try DatabaseShell.run("ALTER TABLE \(from) RENAME TO \(to)", on: "\(office.state)/gapura.db")
      let deadline = ContinuousClock.now + Duration.seconds(20).withPatience
      while try isSaid() != expected, ContinuousClock.now < deadline { Thread.sleep(forTimeInterval: 0.2) }
      XCTAssertEqual(try isSaid(), expected, "\(from) is \(to) now")
    }
  }

  func testChangedCatalogueIsTakenOverAtReload() throws {
    let (office, browser) = try openOffice()
    let file = office.configuration.appendingPathComponent("services/10-paspor-elektronik-10.json5")
    let text = try String(contentsOf: file, encoding: .utf8)
    XCTAssertTrue(try browser.get("/layanan/paspor-elektronik-10").text.contains("Rp950.000"))
    try text.replacingOccurrences(of: "950000", with: "960000").write(to: file, atomically: true, encoding: .utf8)
    office.reload()
    try office.waitForLog("gapura: reloaded")
    XCTAssertTrue(try browser.get("/layanan/paspor-elektronik-10").text.contains("Rp960.000"))
  }

  func testUnknownKeyOfTheConfigurationIsRefusedAtStartAndTheNearestIsNamed() throws {
    let office = try closedOffice()
    let file = office.configuration.appendingPathComponent("gapura.json5")
    let text = try String(contentsOf: file, encoding: .utf8)
    try text.replacingOccurrences(of: "publicAddress:", with: "publicAdress:").write(
      to: file, atomically: true, encoding: .utf8)
    XCTAssertThrowsError(try office.start()) { error in
      XCTAssertTrue("\(error)".contains("Did you mean \"publicAddress\"?"), "\(error)")
    }
    XCTAssertEqual(office.stop(), 78, "EX_CONFIG")
  }

  /// Each names the key and how to mend it, and systemd leaves it at that.
  func testAnAddressAtWhichNobodyCanListenIsAConfigurationThatCannotBeUsed() throws {
    let office = try closedOffice()
    let file = office.configuration.appendingPathComponent("gapura.json5")
    let sound = try String(contentsOf: file, encoding: .utf8)
    for (was, written, said) in [
      (
        "plainTextOnNetwork: false", "plainTextOnNetwork: true, address: \"192.0.2.1\"",
        ["web, address: nobody can listen at \"192.0.2.1\"", "`ip address`"]
      ),
      (
        "address: \"127.0.0.1\"", "address: \"localhost\"",
        ["web, address: \"localhost\" is no IP address", "127.0.0.1"]
      ),
      (
        "hall: { address: \"127.0.0.1\"", "hall: { address: \"hall.example\"",
        ["web, hall, address: \"hall.example\" is no IP address"]
      ),
      (
        "hall: { address: \"127.0.0.1\"", "hall: { address: \"0.0.0.0\"",
        ["web, hall, address: at \"0.0.0.0\" passwords", "127.0.0.1"]
      ),
      (
        "socket: \"kiosk\"", "socket: \"../kiosk\"",
        ["kiosk, socket: \"../kiosk\" cannot name", "such as \"kiosk\""]
      ),
    ] {
      var text = sound
      if written.hasPrefix("plain") {
        text = text.replacing(/\n    address: "127\.0\.0\.1",/, with: "", maxReplacements: 1)
      }
      let place = try XCTUnwrap(text.firstRange(of: was), was)
      try text.replacingCharacters(in: place, with: written).write(to: file, atomically: true, encoding: .utf8)
      XCTAssertThrowsError(try office.start(), written) { error in
        for words in said + [":"] { XCTAssertTrue("\(error)".contains(words), "\(written): \(error)") }
        XCTAssertNotNil("\(error)".firstMatch(of: /gapura\.json5:\d+:\d+:/), "\(written): which line")
      }
      XCTAssertEqual(office.stop(), 78, "EX_CONFIG: \(written)")
    }
  }

  func testAServiceThatListensOnANetworkByItselfSaysWhomItsUnitKeepsOut() throws {
    let office = try closedOffice()
    try office.rewrite("gapura.json5") {
      $0.replacing("hall: { address: \"127.0.0.1\"", with: "hall: { address: \"0.0.0.0\"")
        .replacing("plainTextOnNetwork: false", with: "plainTextOnNetwork: true")
    }
    let manager = try NotifySocket(in: office.directory)
    try office.start(environment: ["NOTIFY_SOCKET": manager.path])
    let line = try office.waitForLog("listens on a network by itself")
    XCTAssertTrue(line.contains("IPAddressAllow=") && line.contains("0.0.0.0"), line)
  }

  func testAPortThatAnotherProgramHasIsSaidAndMayBeFreeAtTheNextStart() throws {
    let (other, _) = try openOffice()
    let office = try closedOffice()
    XCTAssertThrowsError(try office.start(port: other.port)) { error in
      XCTAssertTrue("\(error)".contains("another program listens at 127.0.0.1 port \(other.port)"), "\(error)")
      XCTAssertTrue("\(error)".contains("`ss -tlnp`"), "\(error)")
    }
    XCTAssertEqual(office.stop(), 75, "EX_TEMPFAIL: systemd tries again")

    // As a service it waits first.
    let manager = try NotifySocket(in: office.directory)
    func serve() throws -> ChildProcess {
      try ChildProcess(
        OfficeProcess.builtExecutable.path,
        [
          "serve", "--port", String(other.port), "--hall-port", "0", "--state", office.state, "--runtime",
          office.runtime, "--config", office.configuration.path, "--share",
          OfficeProcess.repository.appendingPathComponent("share").path,
        ], environment: office.clock.environment.merging(["NOTIFY_SOCKET": manager.path]) { $1 })
    }
    let waiting = "STATUS=Waiting: cannot listen on 127.0.0.1 port \(other.port): another program listens there"
    let stopped = try serve()
    XCTAssertTrue(manager.hears(waiting))
    XCTAssertEqual(stopped.end(with: SIGTERM), 75)
    let patient = try serve()
    XCTAssertTrue(manager.hears(waiting))
    XCTAssertEqual(other.stop(), 0)
    XCTAssertTrue(manager.hears("READY=1"))
    XCTAssertEqual(patient.end(with: SIGTERM), 0)
  }

  func testMistypedOptionStartsNoOffice() throws {
    let office = try closedOffice()
    for words in [["serve", "--prot", "18080"], ["serve", "--hlep"], ["serve", "now"]] {
      XCTAssertThrowsError(try office.command(words), "\(words)") { error in
        XCTAssertTrue("\(error)".contains("usage: gapura serve"), "\(words): \(error)")
      }
    }
    XCTAssertTrue(try office.command(["serve", "--help"]).hasPrefix("  serve [--port PORT]"))
  }

  func testWrongRootKeyIsRecognisedAtStart() throws {
    let (office, _) = try openOffice()
    office.stop()
    let key = office.state + "/gapura.root-key"
    try FileManager.default.removeItem(atPath: key)
    _ = FileManager.default.createFile(
      atPath: key, contents: Data(repeating: 7, count: 32), attributes: [.posixPermissions: 0o600])
    XCTAssertThrowsError(try office.start()) { error in
      XCTAssertTrue("\(error)".contains("root key"), "\(error)")
    }
  }

  func testRequestsInFlightAreAnsweredWhenTheServiceStops() throws {
    let (office, browser) = try openOffice()
    let events = try browser.events("/display/peristiwa")
    _ = try events.next()
    XCTAssertEqual(office.stop(), 0, office.log)
    XCTAssertNil(try events.first { _ in false }, "the stream ends with the service")
  }
}
