import Core

/// Exit codes as `sysexits.h` names them.
enum ExitCode: Int32, CaseIterable {
  case ok = 0
  case usage = 64
  case dataError = 65
  case noInput = 66
  case unavailable = 69
  case software = 70
  case cannotCreate = 73
  case inputOutput = 74
  case tryAgain = 75
  case noPermission = 77
  case configuration = 78

  /// The code under which a problem ends a command.
  init(_ problem: Problem) { self = problem.isOfDisk ? .inputOutput : ExitCode(problem.kind) }

  private init(_ kind: Problem.Kind) {
    self =
      switch kind {
      case .invalid, .tooLarge: .dataError
      case .notFound: .noInput
      case .signInNeeded, .forbidden: .noPermission
      case .conflict, .tooMany: .tryAgain
      case .unavailable: .unavailable
      case .fault: .software
      }
  }

  /// The code under which the server ends where it cannot listen for terminals or commands.
  init(_ error: UnixSocketError) {
    self =
      switch error {
      case .pathTooLong: .configuration
      case .inUse: .tryAgain
      case .failed: .cannotCreate
      }
  }
}
