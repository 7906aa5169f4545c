public import Console

#if canImport(Glibc)
  internal import Glibc
#endif

/// A terminal without a machine (pty(7)): a program has the near side as it would have a real one, and who tests it has the
/// person's screen and keyboard.
public final class PseudoTerminal {
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  private static let readByteCountMax = 1 << 16

  /// The program's side: its standard input and output.
  public let near: Int32
  /// The person's side; -1 once it is gone.
  public private(set) var far: Int32
  /// What the person sees.
  public private(set) var screen: TinyTerminal
  /// What has come of a character or a sequence that is not whole yet.
  private var beginning: [UInt8] = []

  /// - Throws: `Failure` where the machine has none left.
  public init(_ size: Size = Size(columns: 80, rows: 24)) throws {
    var (far, near): (Int32, Int32) = (-1, -1)
    var window = Self.window(size)
    guard unsafe openpty(&far, &near, nil, nil, &window) == 0 else {
      throw Failure(description: "no pseudo-terminal: error \(errno)")
    }
    for side in [far, near] { _ = fcntl(side, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(far, F_SETFL, O_NONBLOCK)
    (self.far, self.near) = (far, near)
    screen = TinyTerminal(size)
  }

  deinit {
    if far >= 0 { close(far) }
    close(near)
  }

  /// Goes away, as a line that is cut or a window that is closed.
  public func hangUp() {
    if far >= 0 { close(far) }
    far = -1
  }

  public func resize(_ size: Size) {
    var window = Self.window(size)
    _ = unsafe ioctl(far, UInt(TIOCSWINSZ), &window)
    screen = TinyTerminal(size)
  }

  public func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = unsafe write(far, bytes, bytes.count)
  }

  /// Whether the terminal itself shows what is typed and hands it on line by line, as it does for a shell.
  public var localFlags: UInt32 {
    var attributes = termios()
    _ = unsafe tcgetattr(near, &attributes)
    return attributes.c_lflag
  }

  /// Takes what the program has drawn.
  ///
  /// - Returns: those bytes that stand on the screen now: whole characters and sequences.
  @discardableResult
  public func read() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Self.readByteCountMax)
    while far >= 0, case let count = unsafe Glibc.read(far, &bytes, bytes.count), count > 0 {
      beginning += bytes[..<count]
    }
    let whole = Array(beginning.prefix(Self.wholeCount(of: beginning)))
    beginning.removeFirst(whole.count)
    if !whole.isEmpty { screen.apply(whole) }
    return whole
  }

  /// Waits until the program draws something, or has ended.
  ///
  /// - Returns: whether it did.
  public func wait(milliseconds: Int32) -> Bool {
    var event = pollfd(fd: far, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&event, 1, milliseconds) > 0
  }

  private static func window(_ size: Size) -> winsize {
    winsize(ws_row: UInt16(size.rows), ws_col: UInt16(size.columns), ws_xpixel: 0, ws_ypixel: 0)
  }

  /// How many bytes there are up to the last whole character or control sequence (ECMA-48, 5.4): a read may end anywhere.
  static func wholeCount(of bytes: [UInt8]) -> Int {
    if let escape = bytes.lastIndex(of: 0x1B) {
      let sequence = bytes[escape...].dropFirst()
      guard let kind = sequence.first else { return escape }
      let isWhole = kind != UInt8(ascii: "[") || sequence.dropFirst().contains { (0x40...0x7E).contains($0) }
      guard isWhole else { return escape }
    }
    let tail = bytes.suffix(3)
    guard let lead = tail.lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return bytes.count }
    let lengths: [(lead: UInt8, count: Int)] = [(0xF0, 4), (0xE0, 3), (0xC0, 2)]
    let length = lengths.first { bytes[lead] >= $0.lead }?.count ?? 1
    return bytes.endIndex - lead < length ? lead : bytes.count
  }
}
