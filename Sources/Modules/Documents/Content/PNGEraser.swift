/// Portable Network Graphics (ISO/IEC 15948): the camera's notes are the chunk `eXIf`, whose checksum is made anew.
struct PNGEraser: PictureEraser {
  /// How much is held: as much as a JPEG's segment has; of longer notes nothing is kept.
  static let heldByteCountMax = 1 << 16
  private static let chunkName = Array("eXIf".utf8)

  private enum Phase {
    case signature
    case chunkHead
    /// Bytes of a chunk, with its checksum.
    case passing
    case holding
    /// Too many to be held.
    case erasing
    /// The checksum of the notes.
    case checksum
    case end
  }

  private var phase = Phase.signature
  private var head: [UInt8] = []
  private var chunk = PictureStretch()
  private var held: [UInt8] = []
  private var made = PNGChecksum()
  /// Whether the notes are not as they came.
  private var isChanged = false

  /// How much is held back, with a checksum that has not come whole.
  var heldByteCount: Int { held.count + (phase == .checksum ? head.count : 0) }
  var isDone: Bool { phase == .end }

  mutating func step(_ rest: inout ArraySlice<UInt8>, into passed: inout [UInt8]) {
    switch phase {
    case .end: break
    case .passing:
      passed += chunk.take(from: &rest)
      if chunk.isOver { phase = .chunkHead }
    case .holding:
      held += chunk.take(from: &rest)
      if chunk.isOver { passed += release() }
    case .erasing:
      let zeros = [UInt8](repeating: 0, count: chunk.take(from: &rest).count)
      made.take(zeros)
      passed += zeros
      if chunk.isOver { phase = .checksum }
    case .checksum:
      head.append(rest.removeFirst())
      if head.count == 4 {
        passed += isChanged ? made.bytes : head
        head = []
        phase = .chunkHead
      }
    case .signature, .chunkHead:
      let next = rest.removeFirst()
      head.append(next)
      passed.append(next)
      if head.count == 8 { advance() }
    }
  }

  private mutating func release() -> [UInt8] {
    let notes = ExifData.withoutGPS(held)
    isChanged = notes != held
    made.take(notes)
    held = []
    phase = .checksum
    return notes
  }

  private mutating func advance() {
    defer { head = [] }
    guard phase == .chunkHead else {
      phase = .chunkHead
      return
    }
    let length: Int = head[..<4].reduce(0) { $0 << 8 | Int($1) }
    let name = Array(head[4...])
    if name == Self.chunkName, length > 0 {
      made = PNGChecksum()
      made.take(name)
      isChanged = length > Self.heldByteCountMax
      phase = isChanged ? .erasing : .holding
      chunk.byteCount = length
    } else if name == Array("IEND".utf8) {
      phase = .end
    } else {
      (phase, chunk.byteCount) = (.passing, length + 4)
    }
  }
}

/// The checksum of a PNG's chunk, over its name and its content (ISO/IEC 15948, annex D).
struct PNGChecksum: Sendable {
  private static let table: [UInt32] = (0..<256).map { (index: UInt32) -> UInt32 in
    var value = index
    for _ in 0..<8 {
      let isOdd = value & 1 == 1
      value >>= 1
      if isOdd { value ^= 0xEDB8_8320 }
    }
    return value
  }

  private var value = UInt32.max

  mutating func take(_ bytes: [UInt8]) {
    for byte in bytes {
      let index = UInt8(truncatingIfNeeded: value) ^ byte
      value = Self.table[Int(index)] ^ (value >> 8)
    }
  }

  /// The checksum as it stands behind the chunk.
  var bytes: [UInt8] {
    let sum = ~value
    return [24, 16, 8, 0].map { (shift: UInt32) -> UInt8 in UInt8(truncatingIfNeeded: sum >> shift) }
  }
}
