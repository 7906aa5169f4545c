import Contracts
import Core
import Glibc

/// The terminal of a command.
enum Terminal {
  /// No secret can be typed here.
  private static let noInput = UsageError(
    "nothing can be typed here: run the command on a terminal, or give what it asks for on its standard input")

  /// Asks for a secret without showing it; where standard input is no terminal, reads a line of it.
  static func readSecret(prompt: String) throws -> Personal<String> {
    guard isatty(0) == 1 else { return try line() }
    StandardError.write(prompt + ": ")
    var before = termios()
    guard unsafe tcgetattr(0, &before) == 0 else { throw noInput }
    var silent = before
    silent.c_lflag &= ~UInt32(ECHO)
    unsafe tcsetattr(0, TCSAFLUSH, &silent)
    defer {
      unsafe tcsetattr(0, TCSAFLUSH, &before)
      StandardError.write("\n")
    }
    return try line()
  }

  /// Draws a bar on one line of the terminal; nothing where standard error is none.
  static func showProgress(_ progress: CommandProgress) {
    guard isatty(2) == 1 else { return }
    StandardError.write("\r\(progress.bar())" + (progress.done >= progress.total ? "\n" : ""))
  }

  private static func line() throws -> Personal<String> {
    guard let line = readLine(strippingNewline: true) else { throw noInput }
    return Personal(line)
  }
}
