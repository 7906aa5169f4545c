import Contracts
import Core
import Glibc

/// The terminal of a command.
enum Terminal {
  /// Why a secret could not be read.
  struct NoInput: Error {}

  /// Asks for a secret without showing it; where standard input is no terminal, reads a line of it.
  static func readSecret(prompt: String) throws -> Personal<String> {
    guard isatty(0) == 1 else { return try line() }
    StandardError.write(prompt + ": ")
    var before = termios()
    guard unsafe tcgetattr(0, &before) == 0 else { throw NoInput() }
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
    guard let line = readLine(strippingNewline: true) else { throw NoInput() }
    return Personal(line)
  }
}
