/// What `gapura kiosk` and the daemon say to each other over a Unix stream socket.
///
/// Both sides send messages, one after another:
///
///     type    1 byte
///     length  2 bytes, big-endian: how many bytes follow, at most 4096
///     payload
///
/// A terminal sends `hello` first, or `watch` to be a call display, within `KioskLimits.helloMax`; then `input` and
/// `resize` as they come. The daemon sends `output`, and one `bye` before it closes.
///
///     type  name    from      payload
///     0x01  hello   terminal  version 1 byte (1), columns 2 bytes, rows 2 bytes, kiosk's name:
///                             1 to 80 of A-Z a-z 0-9 # + - . : = @ _ /
///     0x02  input   terminal  bytes as the keyboard or scanner sent them
///     0x03  resize  terminal  columns 2 bytes, rows 2 bytes
///     0x04  watch   terminal  version 1 byte (1), columns 2 bytes, rows 2 bytes, the zone whose calls it
///                             shows: 0 to 32 of a-z 0-9 -, none for the whole hall
///     0x81  output  daemon    bytes for the terminal as they are
///     0x82  bye     daemon    the reason: 1 byte, then in words of UTF-8
///
/// Numbers are unsigned and big-endian. Everything else is answered by a `bye` and a closed
/// connection. A terminal that is told `bye` connects again after a while.
public enum KioskProtocol {
  /// The version that both sides name; the daemon takes no other.
  public static let version: UInt8 = 1
  /// Keeps what a connection may make the other side hold to a page.
  public static let payloadByteCountMax = 4096
  static let headerByteCount = 3
  /// A name is shown to officers who are called for help. The longest are those of serial lines by their place in the
  /// machine: `serial/by-path/platform-fd500000.pcie-pci-0000:01:00.0-usb-0:1.3:1.0-port0`.
  static let nameByteCountMax = 80
  static let zoneByteCountMax = 32

  enum MessageType: UInt8 {
    case hello = 0x01
    case input = 0x02
    case resize = 0x03
    case watch = 0x04
    case output = 0x81
    case bye = 0x82
  }
}
