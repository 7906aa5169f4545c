import Core

/// Writes a ZIP archive piece by piece in constant memory (PKWARE APPNOTE 6.3.10).
///
/// Photographs and PDFs do not shrink, so the content goes in as the "stored" blocks of DEFLATE (RFC 1951, 3.2.4): its
/// length is then known before its first byte, and even readers that read from the front alone find each entry's end,
/// which they do not in entries without compression whose checksum follows.
struct ZipWriter: Sendable {
  /// What is to come.
  struct Entry: Sendable, Equatable {
    /// The name, with slashes, without a leading one.
    let name: String
    let byteCount: Int
  }

  /// The content was not as long as was said.
  struct WrongLength: Error {}

  /// The longest content: an entry's own sizes stay within 32 bits, with room for the heads of its blocks. The archive
  /// may be longer, by the format's 64-bit extension (APPNOTE 4.3.14).
  static let entryByteCountMax = 0xFFF0_0000

  /// What stands in 32 bits where a number does not fit them.
  private static let elsewhere = 0xFFFF_FFFF
  private static let blockByteCountMax = 65_535
  /// DEFLATE, checksum and sizes behind the content, names in UTF-8.
  private static let flags: UInt16 = 1 << 3 | 1 << 11
  private static let deflate: UInt16 = 8
  private static let versionNeeded: UInt16 = 20
  /// The version of a reader that knows the 64-bit extension.
  private static let wideVersionNeeded: UInt16 = 45

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

  /// - Parameters:
  ///   - instant: what the entries say of when they were made, as a clock in `zone` shows it.
  ///   - start: where the archive begins in its file; readers find their way behind anything.
  init(at instant: Instant, in zone: OfficeZone, after start: Int = 0) {
    offset = start
    let (day, clock) = (zone.date(of: instant), zone.time(of: instant).minuteOfDay)
    date = UInt16(clamping: max(0, day.year - 1980) << 9 | day.month << 5 | day.day)
    time = UInt16(clock / 60) << 11 | UInt16(clock % 60) << 5
  }

  /// How long the whole archive becomes.
  static func byteCount(of entries: [Entry], after start: Int = 0) -> Int {
    var (offset, directoryByteCount) = (start, 0)
    for entry in entries {
      directoryByteCount += 46 + entry.name.utf8.count + (offset >= elsewhere ? 12 : 0)
      offset += 30 + entry.name.utf8.count + storedByteCount(entry.byteCount) + 16
    }
    return offset - start + directoryByteCount + (offset >= elsewhere ? 76 : 0) + 22
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
    for file in written { addDirectoryEntry(file, to: &bytes) }
    let directoryByteCount = bytes.values.count
    if offset >= Self.elsewhere { addWideEnd(directoryByteCount, to: &bytes) }
    bytes.add32(0x0605_4B50)
    bytes.add16(0, 0, UInt16(written.count), UInt16(written.count))
    bytes.add32(UInt32(directoryByteCount), UInt32(min(offset, Self.elsewhere)))
    bytes.add16(0)
    return gone(bytes)
  }

  private func addDirectoryEntry(_ file: Written, to bytes: inout Bytes) {
    let isFar = file.offset >= Self.elsewhere
    let version = isFar ? Self.wideVersionNeeded : Self.versionNeeded
    bytes.add32(0x0201_4B50)
    bytes.add16(version, version, Self.flags, Self.deflate, time, date)
    bytes.add32(file.crc, UInt32(file.storedByteCount), UInt32(file.entry.byteCount))
    bytes.add16(UInt16(file.entry.name.utf8.count), isFar ? 12 : 0, 0, 0, 0)
    bytes.add32(0, UInt32(min(file.offset, Self.elsewhere)))
    bytes.values += file.entry.name.utf8
    guard isFar else { return }
    // The extra field of the extension holds what did not fit, and nothing else (4.5.3).
    bytes.add16(0x0001, 8)
    bytes.add64(file.offset)
  }

  /// Where the directory lies, in 64 bits, and where that is said (4.3.14, 4.3.15).
  private func addWideEnd(_ directoryByteCount: Int, to bytes: inout Bytes) {
    bytes.add32(0x0606_4B50)
    bytes.add64(44)
    bytes.add16(Self.wideVersionNeeded, Self.wideVersionNeeded)
    bytes.add32(0, 0)
    bytes.add64(written.count, written.count, directoryByteCount, offset)
    bytes.add32(0x0706_4B50, 0)
    bytes.add64(offset + directoryByteCount)
    bytes.add32(1)
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

  mutating func add64(_ numbers: Int...) {
    for number in numbers { add32(UInt32(truncatingIfNeeded: number), UInt32(truncatingIfNeeded: number >> 32)) }
  }

  /// Adds the head of a stored block: the last-block mark, its length, and the length's complement.
  mutating func addBlockHead(_ byteCount: Int, isLast: Bool) {
    values.append(isLast ? 1 : 0)
    add16(UInt16(byteCount), ~UInt16(byteCount))
  }
}
