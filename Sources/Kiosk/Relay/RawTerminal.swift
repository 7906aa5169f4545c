internal import Console

#if canImport(Glibc)
  internal import Glibc
#endif

/// A terminal whose keys come as they are pressed, and that is put back as it was.
struct RawTerminal: Sendable {
  let input: Int32
  let output: Int32
  private let before: termios

  /// Nil when the descriptor is no terminal.
  init?(input: Int32, output: Int32) {
    var attributes = termios()
    guard unsafe tcgetattr(input, &attributes) == 0 else { return nil }
    self.input = input
    self.output = output
    before = attributes
  }

  func enter() {
    var raw = before
    unsafe cfmakeraw(&raw)
    // Not TCSADRAIN: output to a terminal that is stuck would keep us waiting.
    _ = unsafe tcsetattr(input, TCSANOW, &raw)
  }

  func restore() {
    write(Control.end)
    var attributes = before
    _ = unsafe tcsetattr(input, TCSANOW, &attributes)
  }

  /// How large the terminal is; 80×24 where it does not know, as on a serial line.
  var size: Size {
    var size = winsize()
    guard unsafe ioctl(output, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return Size(columns: 80, rows: 24)
    }
    return Size(columns: Int(size.ws_col), rows: Int(size.ws_row))
  }

  /// Writes all of it; a terminal that is gone is noticed when it is read.
  func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(output, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        return
      }
    }
  }
}
