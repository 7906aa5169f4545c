import Client
import Foundation
import XCTest

/// The unit files leave little of the machine open to a service, and a looser one is refused.
final class UnitFileTests: XCTestCase {
  private static let check = Repository.root.appendingPathComponent("scripts/check-units").path

  func testEveryServiceIsHardlyExposed() throws {
    let said = try ChildProcess.run(Self.check).text
    let figures = said.matches(of: /([0-9.]+)  (\S+)\.service\n/)
    XCTAssertEqual(
      figures.map { String($0.output.2) }.sorted(),
      ["gapura", "gapura-backup", "gapura-display@tty2", "gapura-kiosk@tty2"])
    for figure in figures {
      XCTAssertLessThanOrEqual(try XCTUnwrap(Double(figure.output.1)), 1.2, String(figure.output.2))
    }
  }

  func testServiceThatIsLooserOrASocketThatStartsProgramsIsRefused() throws {
    let network = try complaints(about: "gapura-backup.service") {
      $0.replacing("PrivateNetwork=yes\n", with: "").replacing("RestrictAddressFamilies=AF_UNIX\n", with: "")
        .replacing("CapabilityBoundingSet=\n", with: "")
    }
    XCTAssertTrue(network.contains("gapura-backup.service leaves more open than 1.2"), network)
    XCTAssertTrue(network.contains("✗ PrivateNetwork="), network)

    let program = try complaints(about: "gapura.socket") {
      $0.replacing("Service=gapura", with: "ExecStartPre=/usr/bin/gapura --version\nService=gapura")
    }
    XCTAssertTrue(program.contains("gapura.socket starts programs itself"), program)
  }

  /// A virtual console is opened only where the unit allows that device by its own name, and where nobody signs in at it.
  func testAKioskAndADisplayHaveTheirOwnTerminalAndNoOther() throws {
    for (service, others) in [("gapura-kiosk@.service", ""), ("gapura-display@.service", " gapura-kiosk@%i.service")] {
      let unit = try String(
        contentsOf: Repository.root.appendingPathComponent("systemd/\(service)"), encoding: .utf8)
      let lines = unit.split(separator: "\n").map(String.init)
      for line in [
        "ConditionPathExists=/dev/%I", "TTYPath=/dev/%I", "StandardInput=tty", "PrivateDevices=yes",
        "Conflicts=getty@%i.service serial-getty@%i.service" + others,
        "After=getty@%i.service serial-getty@%i.service" + others,
      ] { XCTAssertTrue(lines.contains(line), "\(service): \(line)") }
      XCTAssertEqual(lines.filter { $0.hasPrefix("DeviceAllow=") }, ["DeviceAllow=/dev/%I rw"], service)
    }
  }

  /// Each service's unit as its lines.
  private func services() throws -> [(name: String, lines: Set<Substring>)] {
    let folder = Repository.root.appendingPathComponent("systemd")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".service") }.map {
      ($0, Set(try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8).split(separator: "\n")))
    }
  }

  /// One of these lines may go without the measure of the whole getting worse than it may be.
  func testNoServiceHasACapabilityOrSeesOthersHomesAndProcesses() throws {
    let services = try services()
    XCTAssertEqual(services.count, 4)
    for (service, lines) in services {
      for line in [
        "CapabilityBoundingSet=", "AmbientCapabilities=", "NoNewPrivileges=yes", "ProtectHome=yes",
        "ProtectProc=invisible", "ProcSubset=pid", "PrivateUsers=yes",
      ] { XCTAssertTrue(lines.contains(Substring(line)), "\(service): \(line)") }
    }
  }

  func testNoServiceReachesBeyondThisMachine() throws {
    let services = try services()
    XCTAssertEqual(services.count, 4)
    for (service, lines) in services {
      XCTAssertTrue(lines.contains("IPAddressDeny=any"), service)
      XCTAssertEqual(
        lines.filter { $0.hasPrefix("IPAddressAllow=") },
        service == "gapura.service" ? ["IPAddressAllow=localhost"] : [],
        service)
      // All but the one that the web comes to have no network at all.
      XCTAssertEqual(lines.contains("PrivateNetwork=yes"), service != "gapura.service", service)
    }
  }

  /// systemd gives a socket up whose service fails again and again; kiosks ask there and nowhere else.
  func testAStartOfTheServiceAloneBringsItsSocketWhereKiosksAsk() throws {
    let services = try services()
    let service = try XCTUnwrap(services.first { $0.name == "gapura.service" }).lines
    for line in ["Wants=gapura.socket", "After=gapura.socket"] {
      XCTAssertTrue(service.contains(Substring(line)), line)
    }
    let socket = try String(
      contentsOf: Repository.root.appendingPathComponent("systemd/gapura.socket"), encoding: .utf8)
    XCTAssertTrue(socket.contains("\nListenStream=/run/gapura-kiosk\n"))
    for name in ["gapura-kiosk@.service", "gapura-display@.service"] {
      let lines = try XCTUnwrap(services.first { $0.name == name }).lines
      XCTAssertTrue(lines.contains { $0.hasPrefix("ExecStart=") && $0.contains("--socket /run/gapura-kiosk") }, name)
    }
  }

  /// What a person has to decide is not tried each second; what may be otherwise next time is.
  func testNoServiceIsStartedAgainOverAConfigurationThatCannotBeUsed() throws {
    let folder = Repository.root.appendingPathComponent("systemd")
    var restarted: [String] = []
    for service in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    where service.hasSuffix(".service") {
      let unit = try String(contentsOf: folder.appendingPathComponent(service), encoding: .utf8)
      guard unit.contains("\nRestart=") else { continue }
      restarted.append(service)
      let line = try XCTUnwrap(unit.firstMatch(of: /\nRestartPreventExitStatus=([0-9 ]+)\n/), service).output.1
      let codes = line.split(separator: " ")
      XCTAssertEqual(codes, service == "gapura.service" ? ["65", "78"] : ["78"], service)
    }
    XCTAssertEqual(restarted, ["gapura-display@.service", "gapura-kiosk@.service", "gapura.service"])
  }

  /// What is said of the units when one of them is changed; it must be refused.
  private func complaints(about unit: String, changed change: (String) -> String) throws -> String {
    let units = FileManager.default.temporaryDirectory.appendingPathComponent("units-\(UUID())")
    defer { try? FileManager.default.removeItem(at: units) }
    try FileManager.default.copyItem(at: Repository.root.appendingPathComponent("systemd"), to: units)
    let file = units.appendingPathComponent(unit)
    let before = try String(contentsOf: file, encoding: .utf8)
    let after = change(before)
    XCTAssertNotEqual(after, before)
    try after.write(to: file, atomically: true, encoding: .utf8)
    let child = try ChildProcess(Self.check, [units.path])
    XCTAssertNotEqual(try child.wait(), 0)
    return child.speech.complaintText
  }
}
