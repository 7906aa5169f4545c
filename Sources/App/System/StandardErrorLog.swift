import Core
import Glibc

/// Writes log lines to standard error, one line each, with syslog's priority in front where the
/// journal reads it (`SyslogLevelPrefix=`), or with words for people.
struct StandardErrorLog: Log {
  let least: LogLevel

  func record(_ level: LogLevel, _ message: StaticString, _ fields: [(name: StaticString, value: String)]) {
    guard level <= least else { return }
    let word =
      switch level {
      case .error: "error: "
      case .warning: "warning: "
      case .notice, .info, .debug: ""
      }
    StandardError.write("gapura: \(word)\(message)\(JournalLog.suffix(fields))\n")
  }
}

/// Standard error, unbuffered.
enum StandardError {
  static func write(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress, $0.count) }
      guard written > 0 else { return }
      bytes = bytes.dropFirst(written)
    }
  }
}

/// Chooses where log lines go.
enum Logs {
  /// The journal when standard error is connected to it (systemd says so in `JOURNAL_STREAM`, as
  /// `device:inode`), else standard error.
  static func make(least: LogLevel, environment: [String: String]) -> any Log {
    var status = stat()
    guard let stream = environment["JOURNAL_STREAM"], unsafe fstat(2, &status) == 0,
      stream == "\(status.st_dev):\(status.st_ino)"
    else { return StandardErrorLog(least: least) }
    return JournalLog(least: least)
  }
}
