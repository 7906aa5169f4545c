/// A camera's notes (Exif, JEITA CP-3451): directories of entries in the form of TIFF 6.0.
///
/// Every number in it is a stranger's: a place is used only where all of it lies inside, no directory is read twice, and
/// what there may be of them is bounded.
struct ExifData {
  /// The image, its thumbnail, what the camera did, and some to spare.
  private static let directoryCountMax = 8
  private static let entryByteCount = 12
  /// The length of one value, by an entry's type from 1 on (TIFF 6.0, section 2; 13 is a directory's place).
  private static let valueByteCounts = [1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4]
  /// What a segment of a JPEG begins with that holds such notes.
  private static let mark = Array("Exif\0".utf8)
  /// The mark's length, with one byte that is not used.
  private static let markByteCount = 6

  private struct Entry {
    let tag: Int
    let type: Int
    let count: Int
    /// Where its value stands, or the place of one that is longer than four bytes.
    let start: Int
  }

  private let bytes: [UInt8]
  private let isLittleEndian: Bool

  /// The content of a JPEG's segment without what it says of where the photo was taken; as it is where it holds no notes.
  static func withoutGPS(segment: [UInt8]) -> [UInt8] {
    guard segment.starts(with: mark) else { return segment }
    return withoutGPS(segment)
  }

  /// The same of the notes alone. Some programs write the mark of a segment before them.
  ///
  /// - Returns: as many bytes; nothing but zeros where they cannot be read.
  static func withoutGPS(_ notes: [UInt8]) -> [UInt8] {
    let start = notes.starts(with: mark) ? min(markByteCount, notes.count) : 0
    guard let data = ExifData(Array(notes[start...])), let places = data.placesOfGPS() else {
      return [UInt8](repeating: 0, count: notes.count)
    }
    return Array(notes[..<start]) + data.erasing(places)
  }

  private init?(_ bytes: [UInt8]) {
    if bytes.starts(with: Array("II".utf8)) {
      isLittleEndian = true
    } else if bytes.starts(with: Array("MM".utf8)) {
      isLittleEndian = false
    } else {
      return nil
    }
    self.bytes = bytes
    guard number(at: 2, byteCount: 2) == 42 else { return nil }
  }

  /// Where the values of GPS directories stand; nil where the notes cannot be read.
  private func placesOfGPS() -> [Range<Int>]? {
    guard let first = number(at: 4, byteCount: 4) else { return nil }
    // Those of the image come one after the other; another one has none behind it.
    var pending: [(start: Int, hasNext: Bool)] = [(start: first, hasNext: true)]
    var seen: Set<Int> = []
    var found: Set<Int> = []
    while let (start, hasNext) = pending.popLast() {
      guard seen.insert(start).inserted, seen.count <= Self.directoryCountMax, let entries = entries(at: start) else {
        return nil
      }
      for entry in entries where [0x8825, 0x8769].contains(entry.tag) {
        guard let place = place(in: entry) else { return nil }
        if entry.tag == 0x8825 { found.insert(place) } else { pending.append((start: place, hasNext: false)) }
      }
      // Where nothing can stand, no reader goes on.
      let next = number(at: start + 2 + entries.count * Self.entryByteCount, byteCount: 4) ?? 0
      if hasNext, next > 0, next < bytes.count { pending.append((start: next, hasNext: true)) }
    }
    guard found.count <= Self.directoryCountMax else { return nil }
    var places: [Range<Int>] = []
    for start in found {
      guard let entries = entries(at: start) else { return nil }
      for entry in entries {
        guard let place = placeOfValue(of: entry) else { return nil }
        places.append(place)
      }
    }
    return places
  }

  private func entries(at start: Int) -> [Entry]? {
    guard let count = number(at: start, byteCount: 2) else { return nil }
    guard start + 2 + count * Self.entryByteCount <= bytes.count else { return nil }
    var entries: [Entry] = []
    for index in 0..<count {
      let place = start + 2 + index * Self.entryByteCount
      guard let tag = number(at: place, byteCount: 2), let type = number(at: place + 2, byteCount: 2),
        let count = number(at: place + 4, byteCount: 4)
      else { return nil }
      entries.append(Entry(tag: tag, type: type, count: count, start: place + 8))
    }
    return entries
  }

  /// The place of another directory.
  private func place(in entry: Entry) -> Int? {
    guard [4, 13].contains(entry.type), entry.count == 1 else { return nil }
    return number(at: entry.start, byteCount: 4)
  }

  private func placeOfValue(of entry: Entry) -> Range<Int>? {
    guard Self.valueByteCounts.indices.contains(entry.type - 1) else { return nil }
    let byteCount = Self.valueByteCounts[entry.type - 1] * entry.count
    // A short one stands in the entry itself.
    if byteCount <= 4 { return entry.start..<entry.start + 4 }
    guard let start = number(at: entry.start, byteCount: 4), start + byteCount <= bytes.count else { return nil }
    return start..<start + byteCount
  }

  /// A number of two or four bytes; nil where it does not lie inside.
  private func number(at start: Int, byteCount: Int) -> Int? {
    guard start >= 0, start + byteCount <= bytes.count else { return nil }
    var number = 0
    for index in 0..<byteCount {
      number = number << 8 | Int(bytes[isLittleEndian ? start + byteCount - 1 - index : start + index])
    }
    return number
  }

  /// Erases the places in one pass, since thousands of entries may name the same bytes.
  private func erasing(_ places: [Range<Int>]) -> [UInt8] {
    var begins = [Int](repeating: 0, count: bytes.count + 1)
    for place in places {
      begins[place.lowerBound] += 1
      begins[place.upperBound] -= 1
    }
    var erased = bytes
    var depth = 0
    for index in bytes.indices {
      depth += begins[index]
      if depth > 0 { erased[index] = 0 }
    }
    return erased
  }
}
