@testable internal import Contracts
@testable internal import Documents

/// Files that people send: the verdict does not depend on the pieces in which one came, a PDF that is taken has no name in
/// the open that may run something, and a picture that is taken begins and ends as its kind does. What is kept of one is as
/// long, is the same for all pieces, and is taken again.
struct DocumentEntry: FuzzEntry {
  static let name = "documents"

  private static let ending = "\nstartxref\n0\n%%EOF\n"

  static var seeds: [[UInt8]] {
    let bodies = [
      "1 0 obj << /Type /Page >> endobj", "<< /S /JavaScript /JS (x) >>", "<< /S /Java#53cript >>", "/EmbeddedFiles[",
      "%#/Launch",
    ]
    let documents = bodies.map { Array("%PDF-1.7\n\($0)\(ending)".utf8) }
    let marked: [UInt8] = [0xEF, 0xBB, 0xBF, 0x0A] + Array("%PDF-2.0\n\(ending)".utf8)
    let broad: [UInt8] = [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0xFF, 0xFF, 0xFF, 0xFF, 1, 1, 0x11, 0]
    let telephone: [UInt8] = [0, 0, 0, 24] + Array("ftypheic".utf8)
    let pictures: [[UInt8]] = [png, png + [0], jpeg, jpeg + [7, 7], broad, telephone, taken, takenAsPNG]
    return documents + pictures + [marked, Array("%PDF-1.7".utf8), []]
  }

  static let words = [
    "%PDF-1.7\n", "startxref", "%%EOF", "/JavaScript", "/Launch", "/EmbeddedFile", "/RichMedia", "#4a", "<<", ">>",
    "IHDR", "IDAT", "IEND", "\u{89}PNG\r\n\u{1A}\n", "Exif\0\0", "eXIf", "II*\0", "MM\0*",
  ]

  private static let png: [UInt8] =
    PNGWalker.signature + chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]) + chunk("IDAT", [1, 2, 3])
    + chunk("IEND", [])

  private static let jpeg: [UInt8] = [
    0xFF, 0xD8, 0xFF, 0xE1, 0, 6, 0xFF, 0xD8, 0xFF, 0xD9,  // a thumbnail's end inside a segment
    0xFF, 0xC0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0,
    0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0xFF, 0, 0x34, 0xFF, 0xD0, 0x56, 0xFF, 0xD9,
  ]

  /// A camera's notes of nothing but a latitude: the order of bytes, the image's directory, that of the place, a value.
  private static let notes: [UInt8] = [
    0x49, 0x49, 42, 0, 8, 0, 0, 0,
    1, 0, 0x25, 0x88, 4, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0, 0, 0, 0,
    1, 0, 2, 0, 5, 0, 1, 0, 0, 0, 44, 0, 0, 0, 0, 0, 0, 0,
    6, 0, 0, 0, 1, 0, 0, 0,
  ]

  private static var taken: [UInt8] {
    let segment: [UInt8] = [0xFF, 0xE1, 0, UInt8(notes.count + 8)]
    return Array(jpeg.prefix(2)) + segment + Array("Exif\0\0".utf8) + notes + Array(jpeg.dropFirst(2))
  }

  private static let takenAsPNG: [UInt8] = Array(png.prefix(33)) + chunk("eXIf", notes) + Array(png.dropFirst(33))

  private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    [0, 0, 0, UInt8(content.count)] + Array(name.utf8) + content + [0, 0, 0, 0]
  }

  func check(_ bytes: [UInt8]) throws {
    let whole = Self.verdict(bytes, pieceByteCount: max(1, bytes.count))
    for byteCount in [1, 1 + bytes.count % 17] {
      let pieces = Self.verdict(bytes, pieceByteCount: byteCount)
      try hold(pieces == whole, "in pieces of \(byteCount) \(pieces), as a whole \(whole)")
    }
    try checkKept(bytes, whole)
    guard case .success(let type) = whole else { return }
    switch type {
    case .pdf:
      let names = Self.names(in: bytes)
      for name in ["JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia"] {
        try hold(!names.contains(Array(name.utf8)), "a PDF with /\(name) is taken")
      }
    case .png: try hold(bytes.starts(with: PNGWalker.signature) && bytes.count >= 8 + 25 + 12 + 12, "no PNG is taken")
    case .jpeg: try hold(bytes.starts(with: [0xFF, 0xD8, 0xFF]), "no JPEG is taken")
    }
    // What telephones put behind a picture changes nothing; a PDF's end is looked for in its last bytes only.
    guard type != .pdf else { return }
    let longer = Self.verdict(bytes + [0x0A, 0, 0xFF], pieceByteCount: bytes.count + 3)
    try hold(longer == whole, "with something behind it \(longer) instead of \(whole)")
  }

  private func checkKept(_ bytes: [UInt8], _ verdict: Result<DocumentType, ContentRefusal>) throws {
    let kept = Self.kept(bytes, pieceByteCount: max(1, bytes.count))
    try hold(kept.count == bytes.count, "of \(bytes.count) bytes \(kept.count) are kept")
    for byteCount in [1, 1 + bytes.count % 17] {
      try hold(Self.kept(bytes, pieceByteCount: byteCount) == kept, "others are kept in pieces of \(byteCount)")
    }
    guard case .success(let type) = verdict else { return }
    let again = Self.verdict(kept, pieceByteCount: max(1, kept.count))
    try hold(again == verdict, "what is kept of a \(type) is \(again)")
    if type == .pdf { try hold(kept == bytes, "a PDF is changed") }
  }

  private static func kept(_ bytes: [UInt8], pieceByteCount: Int) -> [UInt8] {
    var eraser = GPSEraser()
    var kept: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: pieceByteCount) {
      kept += eraser.take(Array(bytes[start..<min(start + pieceByteCount, bytes.count)]))
    }
    return kept + eraser.finish()
  }

  private static func verdict(_ bytes: [UInt8], pieceByteCount: Int) -> Result<DocumentType, ContentRefusal> {
    var inspector = ContentInspector()
    do {
      for start in stride(from: 0, to: bytes.count, by: pieceByteCount) {
        let piece = Array(bytes[start..<min(start + pieceByteCount, bytes.count)])
        try unsafe piece.withUnsafeBytes { piece in try unsafe inspector.take(piece) }
      }
      return .success(try inspector.finish())
    } catch {
      return .failure(error as? ContentRefusal ?? .unknownType)
    }
  }

  /// Every name of a PDF that stands in the open (ISO 32000-2, section 7.3.5), read with nothing of the product's code.
  private static func names(in bytes: [UInt8]) -> Set<[UInt8]> {
    let delimiters = Set([0, 9, 10, 12, 13, 32] + Array("()<>[]{}/%".utf8))
    var names: Set<[UInt8]> = []
    for start in bytes.indices where bytes[start] == UInt8(ascii: "/") {
      var rest = bytes[(start + 1)...].prefix { !delimiters.contains($0) }.prefix(60)
      var name: [UInt8] = []
      while let byte = rest.popFirst() {
        let digits = rest.prefix(2)
        let isEscape = digits.count == 2 && digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
        if byte == UInt8(ascii: "#"), isEscape, let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) {
          name.append(code)
          rest = rest.dropFirst(2)
        } else {
          name.append(byte)
        }
      }
      names.insert(name)
    }
    return names
  }
}
