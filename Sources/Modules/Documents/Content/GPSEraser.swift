/// Erases from a photo where it was taken, while it passes: what the camera's notes (Exif) in a JPEG or a PNG say of it
/// in their GPS directory becomes zeros, and notes that cannot be read safely become zeros as a whole. Nothing else
/// changes, nor does the length.
///
/// What makers write into the notes in a form of their own, what programs write elsewhere in the file (XMP, texts), and what
/// lies inside the thumbnail or behind the picture, is left as it is. It is for files that are well formed
/// (`ContentInspector`); of any other only the length is kept.
struct GPSEraser: Sendable {
  /// How many bytes tell the type.
  private static let beginningByteCount = 8

  private enum Stage {
    case beginning([UInt8])
    case walking(any PictureEraser)
    case passing
  }

  private var stage = Stage.beginning([])

  /// Takes the next bytes.
  ///
  /// - Returns: what has passed. The camera's notes are held back until they have come whole.
  mutating func take(_ bytes: [UInt8]) -> [UInt8] {
    switch stage {
    case .passing: return bytes
    case .beginning(let earlier):
      let beginning = earlier + bytes
      guard beginning.count >= Self.beginningByteCount else {
        stage = .beginning(beginning)
        return []
      }
      stage = Self.stage(of: beginning)
      return take(beginning)
    case .walking(var walker):
      // Out of the stage first, so that the walker is not copied.
      stage = .passing
      let passed = walker.take(bytes)
      if !walker.isDone { stage = .walking(walker) }
      return passed
    }
  }

  /// What was held back, after the last byte: of notes that broke off nothing but their length is left.
  mutating func finish() -> [UInt8] {
    defer { stage = .passing }
    return switch stage {
    case .beginning(let beginning): beginning
    case .walking(let walker): [UInt8](repeating: 0, count: walker.heldByteCount)
    case .passing: []
    }
  }

  private static func stage(of beginning: [UInt8]) -> Stage {
    if beginning.starts(with: [0xFF, 0xD8, 0xFF]) { return .walking(JPEGEraser()) }
    if beginning.starts(with: PNGWalker.signature) { return .walking(PNGEraser()) }
    return .passing
  }
}

/// Goes through the bytes of one kind of picture and erases in them.
protocol PictureEraser: Sendable {
  /// Takes bytes from the front of `rest`, one at least, and adds those that have passed to `passed`. Not asked for once it
  /// is done.
  mutating func step(_ rest: inout ArraySlice<UInt8>, into passed: inout [UInt8])
  /// How many are held back.
  var heldByteCount: Int { get }
  /// Whether nothing is looked for in what still comes.
  var isDone: Bool { get }
}

extension PictureEraser {
  /// Takes the next bytes and gives those that have passed.
  mutating func take(_ bytes: [UInt8]) -> [UInt8] {
    var passed: [UInt8] = []
    passed.reserveCapacity(heldByteCount + bytes.count)
    var rest = bytes[...]
    while !rest.isEmpty, !isDone { step(&rest, into: &passed) }
    passed += rest
    return passed
  }
}
