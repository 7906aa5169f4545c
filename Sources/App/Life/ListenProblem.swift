import Core
import Web

/// An address and port at which the server cannot listen: which key says so, and how to mend it.
struct ListenProblem: Error, CustomStringConvertible {
  let problem: ConfigurationProblem
  /// 78 for what no start will ever find otherwise: systemd leaves it at that (`RestartPreventExitStatus=`), and a person
  /// has to decide. 75 for what may be otherwise next time, such as a port that another program has for the moment, or that
  /// the kernel lacks memory: then the hall must come up by itself, and systemd tries again.
  let code: ExitCode

  var description: String { problem.description }

  /// - Parameter file: the configuration, which the problem names with the key's line.
  /// - Returns: nil for a failure that is none of an address.
  init?(_ failure: WebServer.Failure, in file: String) {
    let reason: Reason
    switch failure {
    case .cannotListen(let listener, let address, let port, let hindrance):
      reason = Reason(hindrance, at: address, port, isHall: listener == .hall)
    case .inClear: reason = .inClear
    case .cannotRead, .cannotStart, .silent: return nil
    }
    code = reason.code
    problem =
      (try? ConfigurationFile(reading: file))?.problem(at: reason.path, what: reason.what, mend: reason.mend)
      ?? ConfigurationProblem(file: file, path: reason.path, what: reason.what, mend: reason.mend)
  }
}

/// What hinders it, and which key of the configuration says so.
private struct Reason {
  let code: ExitCode
  let path: ConfigurationPath
  let what: String
  let mend: String

  static let inClear = Reason(
    code: .configuration, path: ["web", "plainTextOnNetwork"],
    what: "others than this machine could connect in clear",
    mend: "Let gapura.socket listen at 127.0.0.1 behind a proxy with TLS (share/proxy), or write "
      + "plainTextOnNetwork: true where the line is safe.")
}

extension Reason {
  init(_ hindrance: WebServer.Hindrance, at address: String, _ port: UInt16, isHall: Bool) {
    let keys: ConfigurationPath = isHall ? ["web", "hall"] : ["web"]
    switch hindrance {
    case .notHere:
      self.init(
        code: .configuration, path: keys.appending("address"),
        what: "nobody can listen at \"\(address)\": it is no address of this machine",
        mend: "Write one that `ip address` shows, such as \"127.0.0.1\"; at one that comes late with the network "
          + "gapura.socket can listen (FreeBind=yes).")
    case .forbidden:
      self.init(
        code: .configuration, path: keys.appending("port"), what: "this account may not listen at port \(port)",
        mend: "Write a port from 1024 on, such as \(isHall ? 8081 : 8080), and let a proxy (share/proxy) or "
          + "gapura.socket listen at \(port).")
    case .taken:
      self.init(
        code: .tryAgain, path: keys.appending("port"), what: "another program listens at \(address) port \(port)",
        mend: "`ss -tlnp` says which: end it, or give one of the two another port.")
    case .other(let reason):
      self.init(
        code: .tryAgain, path: keys.appending("address"),
        what: "nobody can listen at \(address) port \(port): \(reason)",
        mend: "Mend that, or write another address or port.")
    }
  }
}

extension WebServer.Failure {
  /// Whether it may pass while one waits: an address that comes with the network, a port that the process before this one
  /// has not let go of.
  var mayPass: Bool {
    guard case .cannotListen(_, _, _, let hindrance) = self else { return false }
    return switch hindrance {
    case .notHere, .taken, .other: true
    case .forbidden: false
    }
  }
}
