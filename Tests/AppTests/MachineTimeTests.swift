import CSystemd
import Core
import Foundation
import Glibc
import Synchronization
import XCTest

@testable import gapura

/// What the operating system says of its clock, over a bus as D-Bus has it.
final class MachineTimeTests: XCTestCase {
  private static let address = "DBUS_SYSTEM_BUS_ADDRESS"

  override func tearDown() { unsetenv(Self.address) }

  func testWhetherOtherClocksKeepTheMachinesRightIsAskedOverTheBus() throws {
    for (answer, isSynchronized) in [(true, true), (false, false), (nil, false)] as [(Bool?, Bool)] {
      let bus = try TimeBus(answering: answer)
      setenv(Self.address, "unix:path=\(bus.path)", 1)
      XCTAssertEqual(MachineTime.isSynchronized(), isSynchronized, "\(String(describing: answer))")
      XCTAssertEqual(bus.asked, ["org.freedesktop.timedate1 NTPSynchronized"])
    }
    setenv(Self.address, "unix:path=/nonexistent", 1)
    XCTAssertFalse(MachineTime.isSynchronized(), "nobody answers")
  }

  /// CLOCK_BOOTTIME: not the time of day, and not the clock that stands still while the machine sleeps.
  func testUptimeIsTheTimeSinceTheMachineStarted() throws {
    func boot() throws -> Double {
      let text = try String(contentsOfFile: "/proc/uptime", encoding: .utf8)
      return try XCTUnwrap(text.split(separator: " ").first.flatMap { Double($0) })
    }
    let before = try boot()
    let uptime = Double(UptimeClock().now.milliseconds) / 1000
    // The kernel writes hundredths.
    XCTAssertGreaterThanOrEqual(uptime, before - 0.01)
    XCTAssertLessThanOrEqual(uptime, try boot() + 0.02)
  }

  func testStartOfTheMachineIsTheOneThatTheUnitHandsInElseTheKernels() throws {
    let digits = String(repeating: "a1", count: 16)
    XCTAssertEqual(MachineTime.boot(["GAPURA_BOOT": digits.uppercased()]), digits)
    XCTAssertEqual(MachineTime.boot([:])?.count, 32)
    XCTAssertNil(MachineTime.boot(["GAPURA_BOOT": "%b"]), "a unit's specifier that nobody filled in")
  }
}

/// A bus of one guest, on which timedate1 is at home: a bus daemon would only hand the messages on.
private final class TimeBus: Sendable {
  let path = FileManager.default.temporaryDirectory.path + "/bus-\(UUID().uuidString.prefix(8))"
  private let answer: Bool?
  private let questions = Mutex<[String]>([])
  /// Which properties of what were asked for.
  var asked: [String] { questions.withLock { $0 } }

  /// - Parameter answer: nil to answer that there is no such thing.
  init(answering answer: Bool?) throws {
    self.answer = answer
    let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let bound = withUnsafePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, size) }
    }
    guard bound == 0, listen(listener, 1) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    Thread.detachNewThread { [self] in
      let guest = accept(listener, nil, nil)
      close(listener)
      serve(guest)
    }
  }

  deinit { unlink(path) }

  private func serve(_ guest: Int32) {
    var bus: OpaquePointer?
    guard sd_bus_new(&bus) >= 0, sd_bus_set_fd(bus, guest, guest) >= 0 else { return }
    defer { sd_bus_unref(bus) }
    var id = sd_id128_t()
    sd_id128_randomize(&id)
    guard sd_bus_set_server(bus, 1, id) >= 0, sd_bus_start(bus) >= 0 else { return }
    while true {
      var message: OpaquePointer?
      let count = sd_bus_process(bus, &message)
      guard count >= 0 else { return }
      if let message {
        respond(to: message, on: bus)
        sd_bus_message_unref(message)
      } else if count == 0, sd_bus_wait(bus, .max) < 0 {
        return
      }
    }
  }

  private func respond(to message: OpaquePointer, on bus: OpaquePointer?) {
    var reply: OpaquePointer?
    if sd_bus_message_is_method_call(message, "org.freedesktop.DBus", "Hello") > 0 {
      sd_bus_message_new_method_return(message, &reply)
      ":1.1".withCString { _ = sd_bus_message_append_basic(reply, CChar(UInt8(ascii: "s")), $0) }
    } else if sd_bus_message_is_method_call(message, "org.freedesktop.DBus.Properties", "Get") > 0 {
      let names = [read(message), read(message)]
      questions.withLock { $0.append(names.joined(separator: " ")) }
      guard let answer else {
        sd_bus_reply_method_errno(message, ENOENT, nil)
        return
      }
      sd_bus_message_new_method_return(message, &reply)
      var value: Int32 = answer ? 1 : 0
      sd_bus_message_open_container(reply, CChar(UInt8(ascii: "v")), "b")
      sd_bus_message_append_basic(reply, CChar(UInt8(ascii: "b")), &value)
      sd_bus_message_close_container(reply)
    } else {
      return
    }
    sd_bus_send(bus, reply, nil)
    sd_bus_message_unref(reply)
  }

  private func read(_ message: OpaquePointer) -> String {
    var text: UnsafePointer<CChar>?
    guard sd_bus_message_read_basic(message, CChar(UInt8(ascii: "s")), &text) > 0, let text else { return "" }
    return String(cString: text)
  }
}
