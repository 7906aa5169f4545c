/// Portable Network Graphics (ISO/IEC 15948): the signature, then chunks from IHDR to IEND.
struct PNGWalker: PictureWalker {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  private static let headerLength = 13
  /// Section 4.1.1: lengths are below 2^31.
  private static let chunkLengthMax = Int(Int32.max)

  private enum Phase {
    case signature
    case chunkHead
    case imageHeader
    /// Bytes of a chunk and its checksum that are passed over.
    case passing
    case end
  }

  private var phase = Phase.signature
  private var head: [UInt8] = []
  private var chunk = PictureStretch()
  private var hasHeader = false
  private var hasData = false
  private(set) var refusal: ContentRefusal?

  var isWhole: Bool { phase == .end && hasData }

  mutating func step(_ bytes: UnsafeRawBufferPointer, from index: inout Int) -> Bool {
    switch phase {
    // Cameras and editors leave things behind the picture; readers do not look there.
    case .end: index = bytes.count
    case .passing:
      chunk.pass(&index, until: bytes.count)
      if chunk.isOver { phase = .chunkHead }
    case .signature, .chunkHead, .imageHeader:
      unsafe head.append(bytes[index])
      index += 1
      return head.count < wanted || advance()
    }
    return true
  }

  private var wanted: Int { phase == .imageHeader ? Self.headerLength : 8 }

  private mutating func advance() -> Bool {
    defer { head.removeAll(keepingCapacity: true) }
    switch phase {
    case .signature:
      phase = .chunkHead
      return head == Self.signature
    case .imageHeader:
      (phase, chunk.byteCount, hasHeader) = (.passing, 4, true)
      guard PixelBound.allows(width: number(0), height: number(4)) else {
        refusal = .tooManyPixels
        return false
      }
      return number(0) > 0 && number(4) > 0
    case .chunkHead, .passing, .end: return beginChunk()
    }
  }

  private mutating func beginChunk() -> Bool {
    let length = number(0)
    let name = String(decoding: head[4...], as: UTF8.self)
    guard length <= Self.chunkLengthMax, name.allSatisfy({ $0.isASCII && $0.isLetter }) else { return false }
    guard hasHeader else {
      phase = .imageHeader
      return name == "IHDR" && length == Self.headerLength
    }
    if name == "IEND" {
      phase = .end
      return length == 0
    }
    if name == "IDAT" { hasData = true }
    (phase, chunk.byteCount) = (.passing, length + 4)
    return true
  }

  private func number(_ index: Int) -> Int { head[index..<index + 4].reduce(0) { $0 << 8 | Int($1) } }
}
