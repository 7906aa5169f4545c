/// JPEG (ITU-T T.81, annex B): the camera's notes stand in segments of the kind APP1 before the first scan.
struct JPEGEraser: PictureEraser {
  private enum Place {
    case marker
    case length
    case passing
    /// A segment that may hold notes, until it has come whole: 65,533 bytes at most.
    case holding
    /// The picture itself.
    case end
  }

  private var place = Place.marker
  private var head: [UInt8] = []
  private var marker: UInt8 = 0
  /// How much of the segment is still to come.
  private var byteCount = 0
  private var held: [UInt8] = []

  var heldByteCount: Int { held.count }
  var isDone: Bool { place == .end }

  mutating func take(_ bytes: [UInt8]) -> [UInt8] {
    var passed: [UInt8] = []
    passed.reserveCapacity(held.count + bytes.count)
    var rest = bytes[...]
    while let next = rest.first {
      switch place {
      case .end:
        passed += rest
        return passed
      case .passing:
        passed += rest.prefix(byteCount)
        pass(&rest)
        if byteCount == 0 { place = .marker }
      case .holding:
        held += rest.prefix(byteCount)
        pass(&rest)
        if byteCount == 0 {
          passed += ExifData.withoutGPS(segment: held)
          held = []
          place = .marker
        }
      case .marker, .length:
        rest.removeFirst()
        head.append(next)
        passed.append(next)
        if head.count == 2 { advance() }
      }
    }
    return passed
  }

  private mutating func pass(_ rest: inout ArraySlice<UInt8>) {
    let count = min(byteCount, rest.count)
    byteCount -= count
    rest.removeFirst(count)
  }

  private mutating func advance() {
    let (first, second) = (head[0], head[1])
    if place == .marker, first == 0xFF, second == 0xFF {
      // A fill byte (B.1.1.2): the second one may begin the marker.
      head = [second]
      return
    }
    head = []
    if place == .length {
      byteCount = max(0, (Int(first) << 8 | Int(second)) - 2)
      place = byteCount == 0 ? .marker : marker == 0xE1 ? .holding : .passing
      return
    }
    marker = second
    switch (first, second) {
    case (0xFF, 0xD8), (0xFF, 0x01), (0xFF, 0xD0...0xD7): break
    // The first scan, the end, or no marker.
    case (0xFF, 0xDA), (0xFF, 0xD9), (0xFF, 0x00), (0..<0xFF, _): place = .end
    default: place = .length
    }
  }
}
