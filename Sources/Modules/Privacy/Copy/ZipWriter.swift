import Core

/// Writes a ZIP archive piece by piece in constant memory (PKWARE APPNOTE 6.3.10).
///
/// Photographs and PDFs do not shrink, so the content goes in as the "stored" blocks of DEFLATE (RFC 1951, 3.2.4): its
/// length is then known before its first byte, and even readers that read from the front alone find each entry's end,
/// which they do not in entries without compression whose checksum follows.
struct ZipWriter: Sendable {
  /// What is to come.
  struct Entry: Sendable, Equatable {
    /// With slashes, without a leading one.
    let name: String
    let byteCount: Int
  }

  /// The content was not as long as was said.
  struct WrongLength: Error {}

  /// Beyond it the sizes would need the format's 64-bit extension, which old readers do not know.
  static let byteCountMax = 0xFFFF_0000

  private static let blockByteCountMax = 65_535
  /// DEFLATE, checksum and sizes behind the content, names in UTF-8.
  private static let flags: UInt16 = 1 << 3 | 1 << 11
  private static let deflate: UInt16 = 8
  private static let versionNeeded: UInt16 = 20

  private struct Written {
    let entry: Entry
    let offset: Int
    let crc: UInt32
    let storedByteCount: Int
  }

  private let date: UInt16
  private let time: UInt16
  private var written: [Written] = []
  private var offset = 0
  private var current: (entry: Entry, offset: Int, crc: CRC32, left: Int, leftInBlock: Int, storedByteCount: Int)?

  /// - Parameter instant: what the entries say of when they were made, as a clock in `zone` shows it.
  init(at instant: Instant, in zone: OfficeZone) {
    let (day, clock) = (zone.date(of: instant), zone.time(of: instant).minuteOfDay)
    date = UInt16(clamping: max(0, day.year - 1980) << 9 | day.month << 5 | day.day)
    time = UInt16(clock / 60) << 11 | UInt16(clock % 60) << 5
  }

  /// How long the whole archive becomes.
  static func byteCount(of entries: [Entry]) -> Int {
    entries.reduce(22) { sum, entry in
      sum + 30 + 46 + 16 + 2 * entry.name.utf8.count + storedByteCount(entry.byteCount)
    }
  }

  /// How long the content becomes with the heads of its blocks.
  private static func storedByteCount(_ byteCount: Int) -> Int {
    byteCount + 5 * max(1, (byteCount + blockByteCountMax - 1) / blockByteCountMax)
  }

  /// What stands before an entry's content.
  mutating func begin(_ entry: Entry) -> [UInt8] {
    current = (entry, offset, CRC32(), entry.byteCount, 0, 0)
    var bytes = Bytes()
    bytes.add32(0x0403_4B50)
    bytes.add16(Self.versionNeeded, Self.flags, Self.deflate, time, date)
    bytes.add32(0, 0, 0)
    bytes.add16(UInt16(entry.name.utf8.count), 0)
    bytes.values += entry.name.utf8
    return gone(bytes)
  }

  /// A part of the content, as it stands in the archive.
  ///
  /// - Throws: `WrongLength` when more comes than was said.
  mutating func add(_ content: [UInt8]) throws -> [UInt8] {
    guard var entry = current, content.count <= entry.left else { throw WrongLength() }
    var bytes = Bytes()
    bytes.values.reserveCapacity(content.count + 10)
    var rest = content[...]
    while !rest.isEmpty {
      if entry.leftInBlock == 0 {
        entry.leftInBlock = min(entry.left, Self.blockByteCountMax)
        bytes.addBlockHead(entry.leftInBlock, isLast: entry.leftInBlock == entry.left)
      }
      let part = rest.prefix(entry.leftInBlock)
      bytes.values += part
      rest = rest.dropFirst(part.count)
      entry.leftInBlock -= part.count
      entry.left -= part.count
    }
    entry.crc.take(content)
    entry.storedByteCount += bytes.values.count
    current = entry
    return gone(bytes)
  }

  /// What stands behind an entry's content.
  ///
  /// - Throws: `WrongLength` when less came than was said.
  mutating func end() throws -> [UInt8] {
    guard var entry = current, entry.left == 0 else { throw WrongLength() }
    var bytes = Bytes()
    if entry.entry.byteCount == 0 { bytes.addBlockHead(0, isLast: true) }
    entry.storedByteCount += bytes.values.count
    bytes.add32(0x0807_4B50, entry.crc.value, UInt32(entry.storedByteCount), UInt32(entry.entry.byteCount))
    written.append(
      Written(
        entry: entry.entry, offset: entry.offset, crc: entry.crc.value, storedByteCount: entry.storedByteCount))
    current = nil
    return gone(bytes)
  }

  /// The directory of the archive; the last piece.
  mutating func finish() -> [UInt8] {
    var bytes = Bytes()
    for file in written {
      bytes.add32(0x0201_4B50)
      bytes.add16(Self.versionNeeded, Self.versionNeeded, Self.flags, Self.deflate, time, date)
      bytes.add32(file.crc, UInt32(file.storedByteCount), UInt32(file.entry.byteCount))
      bytes.add16(UInt16(file.entry.name.utf8.count), 0, 0, 0, 0)
      bytes.add32(0, UInt32(file.offset))
      bytes.values += file.entry.name.utf8
    }
    let directoryByteCount = bytes.values.count
    bytes.add32(0x0605_4B50)
    bytes.add16(0, 0, UInt16(written.count), UInt16(written.count))
    bytes.add32(UInt32(directoryByteCount), UInt32(offset))
    bytes.add16(0)
    return gone(bytes)
  }

  private mutating func gone(_ bytes: Bytes) -> [UInt8] {
    offset += bytes.values.count
    return bytes.values
  }
}

/// Bytes as ZIP writes numbers: little-endian.
private struct Bytes {
  var values: [UInt8] = []

  mutating func add16(_ numbers: UInt16...) {
    for number in numbers { values += [UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)] }
  }

  mutating func add32(_ numbers: UInt32...) {
    for number in numbers { add16(UInt16(truncatingIfNeeded: number), UInt16(truncatingIfNeeded: number >> 16)) }
  }

  /// Of a stored block: the last-block mark, its length, and the length's complement.
  mutating func addBlockHead(_ byteCount: Int, isLast: Bool) {
    values.append(isLast ? 1 : 0)
    add16(UInt16(byteCount), ~UInt16(byteCount))
  }
}
