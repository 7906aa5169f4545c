import CSystemd
import Core
import Glibc

/// What the service manager is told and what it hands over; every call does nothing outside systemd.
enum Systemd {
  /// Tells the manager that the service is ready, and one line about it for `systemctl status`.
  static func ready(status: String) { notify("READY=1\nSTATUS=\(status)") }

  static func status(_ line: String) { notify("STATUS=\(line)") }

  /// Begins a reload; `ready` ends it.
  static func reloading() {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    notify("RELOADING=1\nMONOTONIC_USEC=\(Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)")
  }

  static func stopping() { notify("STOPPING=1\nSTATUS=Finishing what is in hand") }

  /// Feeds the watchdog.
  static func alive() { notify("WATCHDOG=1") }

  /// How long the manager waits for `alive`; nil when it does not watch.
  static var watchdogInterval: Duration? {
    var microseconds: UInt64 = 0
    guard unsafe sd_watchdog_enabled(0, &microseconds) > 0 else { return nil }
    return .microseconds(Int64(microseconds))
  }

  /// A listening socket that the manager passed in (sd_listen_fds(3)).
  struct PassedSocket {
    let descriptor: Int32
    let isUnix: Bool

    /// Whether it listens for the web on that port (sd_is_socket_inet(3)).
    func listens(on port: Int) -> Bool {
      guard let port = UInt16(exactly: port), port > 0 else { return false }
      return !isUnix && sd_is_socket_inet(descriptor, 0, 0, 1, port) > 0
    }
  }

  /// The sockets passed in; asked once, because the environment is cleared with it.
  static func passedSockets() -> [PassedSocket] {
    (0..<max(0, sd_listen_fds(1))).map { place in
      let descriptor = SD_LISTEN_FDS_START + place
      return PassedSocket(descriptor: descriptor, isUnix: sd_is_socket_unix(descriptor, 0, 1, nil, 0) > 0)
    }
  }

  private static func notify(_ state: String) {
    _ = unsafe sd_notify(0, state)
  }
}
