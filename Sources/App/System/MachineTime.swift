import CSystemd
import Core
import FoundationEssentials

extension TrustedClock {
  /// The machine's clock by the rule that is configured; `begin` tells it what an earlier run has seen.
  convenience init(_ settings: ClockSettings, environment: [String: String]) {
    self.init(
      boot: MachineTime.boot(environment), rule: settings.rule, isSynchronized: MachineTime.isSynchronized)
  }
}

/// What the operating system knows of its own time.
enum MachineTime {
  /// Which start of the machine this is: 32 hexadecimal digits; nil where it is not told. The unit file hands it in, because
  /// the service does not see all of `/proc`.
  static func boot(_ environment: [String: String]) -> String? {
    let kernels = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
    let digits = (environment["GAPURA_BOOT"] ?? kernels ?? "").filter(\.isHexDigit)
    return digits.count == 32 ? digits.lowercased() : nil
  }

  /// Whether the clock is kept right by other clocks, as `timedatectl` shows it
  /// (org.freedesktop.timedate1(5), NTPSynchronized). False where no service answers.
  static func isSynchronized() -> Bool {
    var bus: OpaquePointer?
    guard unsafe sd_bus_open_system(&bus) >= 0 else { return false }
    defer { unsafe sd_bus_flush_close_unref(bus) }
    let name = "org.freedesktop.timedate1"
    _ = unsafe sd_bus_set_method_call_timeout(bus, 2_000_000)
    var answer: Int32 = 0
    let code = unsafe sd_bus_get_property_trivial(
      bus, name, "/org/freedesktop/timedate1", name, "NTPSynchronized", nil, CChar(UInt8(ascii: "b")), &answer)
    return code >= 0 && answer != 0
  }
}
