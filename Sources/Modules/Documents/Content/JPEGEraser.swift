/// JPEG (ITU-T T.81, annex B): the camera's notes stand in segments of the kind APP1 before the first scan.
struct JPEGEraser: PictureEraser {
  private enum Phase {
    case marker
    case length
    case passing
    /// A segment that may hold notes, until it has come whole: 65,533 bytes at most.
    case holding
    /// The picture itself.
    case end
  }

  private var phase = Phase.marker
  private var head: [UInt8] = []
  private var marker: UInt8 = 0
  private var segment = PictureStretch()
  private var held: [UInt8] = []

  var heldByteCount: Int { held.count }
  var isDone: Bool { phase == .end }

  mutating func step(_ rest: inout ArraySlice<UInt8>, into passed: inout [UInt8]) {
    switch phase {
    case .end: break
    case .passing:
      passed += segment.take(from: &rest)
      if segment.isOver { phase = .marker }
    case .holding:
      held += segment.take(from: &rest)
      if segment.isOver {
        passed += ExifData.withoutGPS(segment: held)
        held = []
        phase = .marker
      }
    case .marker, .length:
      let next = rest.removeFirst()
      head.append(next)
      passed.append(next)
      if head.count == 2 { advance() }
    }
  }

  private mutating func advance() {
    let (first, second) = (head[0], head[1])
    if phase == .marker, first == 0xFF, second == 0xFF {
      // A fill byte (B.1.1.2): the second one may begin the marker.
      head = [second]
      return
    }
    head = []
    if phase == .length {
      segment.byteCount = max(0, (Int(first) << 8 | Int(second)) - 2)
      phase = segment.isOver ? .marker : marker == 0xE1 ? .holding : .passing
      return
    }
    marker = second
    switch (first, second) {
    case (0xFF, 0xD8), (0xFF, 0x01), (0xFF, 0xD0...0xD7): break
    // The first scan, the end, or no marker.
    case (0xFF, 0xDA), (0xFF, 0xD9), (0xFF, 0x00), (0..<0xFF, _): phase = .end
    default: phase = .length
    }
  }
}
