import Glibc

/// JPEG (ITU-T T.81, annex B): segments up to the first scan, a frame with a size among them, and the end marker.
struct JPEGWalker: PictureWalker {
  private enum Phase {
    case marker
    case length
    /// The precision, height and width of a frame.
    case frame
    case passing
    /// Compressed data, in which `FF` is followed by zero or a marker.
    case scan
    case scanMarker
    case end
  }

  private var phase = Phase.marker
  private var head: [UInt8] = []
  private var marker: UInt8 = 0
  private var segment = PictureStretch()
  private var hasFrame = false
  private(set) var refusal: ContentRefusal?

  var isWhole: Bool { phase == .end && hasFrame }

  mutating func step(_ bytes: UnsafeRawBufferPointer, from index: inout Int) -> Bool {
    switch phase {
    // Phones put videos and depth maps behind the picture; readers do not look there.
    case .end: index = bytes.count
    case .passing:
      segment.pass(&index, until: bytes.count)
      if segment.isOver { phase = marker == 0xDA ? .scan : .marker }
    case .scan:
      guard let start = bytes.baseAddress,
        let found = unsafe memchr(start + index, 0xFF, bytes.count - index)
      else {
        index = bytes.count
        return true
      }
      index = unsafe UnsafeRawPointer(found) - start + 1
      phase = .scanMarker
    case .marker, .length, .frame, .scanMarker:
      let byte = unsafe bytes[index]
      index += 1
      guard phase == .scanMarker else {
        head.append(byte)
        return advance()
      }
      if byte == 0xD9 { phase = .end } else if byte != 0xFF { phase = .scan }
    }
    return true
  }

  private mutating func advance() -> Bool {
    switch phase {
    case .marker: return head.count < 2 || beginSegment()
    case .length: return head.count < 2 || beginContent()
    case .frame, .passing, .scan, .scanMarker, .end:
      guard head.count == 5 else { return true }
      // The height may be zero here and follow in a segment of its own (B.2.5).
      hasFrame = head[3] != 0 || head[4] != 0
      let (height, width) = (Int(head[1]) << 8 | Int(head[2]), Int(head[3]) << 8 | Int(head[4]))
      if !PixelBound.allows(width: width, height: height == 0 ? Int(UInt16.max) : height) {
        refusal = .tooManyPixels
        return false
      }
      head.removeAll(keepingCapacity: true)
      segment.byteCount -= 5
      phase = .passing
      return hasFrame && !segment.isOver
    }
  }

  private mutating func beginSegment() -> Bool {
    guard head[0] == 0xFF else { return false }
    marker = head[1]
    // Fill bytes (B.1.1.2): the second one may begin the marker.
    if marker == 0xFF {
      head.removeFirst()
      return true
    }
    head.removeAll(keepingCapacity: true)
    switch marker {
    case 0xD8, 0x01, 0xD0...0xD7: return true
    // The end before any scan, or no marker at all.
    case 0xD9, 0x00: return false
    default:
      phase = .length
      return true
    }
  }

  private mutating func beginContent() -> Bool {
    let length = Int(head[0]) << 8 | Int(head[1])
    head.removeAll(keepingCapacity: true)
    guard length > 2 else { return false }
    segment.byteCount = length - 2
    let isFrame = (0xC0...0xCF).contains(marker) && ![0xC4, 0xC8, 0xCC].contains(marker)
    phase = isFrame && !hasFrame ? .frame : .passing
    return !isFrame || segment.byteCount > 5
  }
}
