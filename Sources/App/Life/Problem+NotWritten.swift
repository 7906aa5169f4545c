import Core
import Glibc

/// Files that could not be read or written, told apart by whose fault it is, as exit codes do.
extension Problem {
  /// A file of a copy that is being made.
  ///
  /// - Parameters:
  ///   - error: the system's number for it; 0 where it gave none.
  ///   - reason: what is said in place of the system's words.
  static func backupNotWritten(_ path: String, _ error: Int32, reason: String? = nil) -> Problem {
    let arguments = said(of: path, error, reason)
    return switch Hindrance(error) {
    case .account: Problem(.forbidden, "backup.not-written", arguments)
    case .disk: Problem(.unavailable, "backup.disk-failed", arguments)
    case .other: Problem(.unavailable, "backup.not-written", arguments)
    }
  }

  /// A file of a restore, of the copy or of what is there.
  ///
  /// - Parameters:
  ///   - error: the system's number for it; 0 where it gave none.
  ///   - reason: what is said in place of the system's words.
  static func restoreNotWritten(_ path: String, _ error: Int32, reason: String? = nil) -> Problem {
    let arguments = said(of: path, error, reason)
    return switch Hindrance(error) {
    case .account: Problem(.forbidden, "restore.not-written", arguments)
    case .disk: Problem(.unavailable, "restore.disk-failed", arguments)
    case .other: Problem(.unavailable, "restore.not-written", arguments)
    }
  }

  /// Whether the disk is full, fails or refuses writing.
  var isOfDisk: Bool { ["backup.disk-failed", "restore.disk-failed"].contains(code) }

  private static func said(of path: String, _ error: Int32, _ reason: String?) -> [String: String] {
    ["path": path, "reason": reason ?? systemsWords(for: error)]
  }

  private static func systemsWords(for error: Int32) -> String { unsafe String(cString: strerror(error)) }
}

/// What stands in the way of a file.
private enum Hindrance {
  case account
  case disk
  case other

  init(_ error: Int32) {
    self =
      switch error {
      case EACCES, EPERM: .account
      case ENOSPC, EDQUOT, EIO, EROFS: .disk
      default: .other
      }
  }
}
