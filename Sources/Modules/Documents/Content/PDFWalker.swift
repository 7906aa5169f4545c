/// PDF (ISO 32000-2, section 7.5): `%PDF-` with a version at the beginning, `startxref` and `%%EOF` at the end. What may run
/// or unpack itself is refused as far as its names stand in the open; those inside compressed objects are not looked for.
struct PDFWalker: ContentWalker {
  /// Where readers look for the end: Acrobat in the last 1024 bytes, after which some scanners add more.
  private static let endByteCount = 2048

  private var beginning: [UInt8] = []
  private var end: [UInt8] = []
  private var names = PDFNames()
  private(set) var refusal: ContentRefusal?

  var isWhole: Bool { beginning.count == 8 && holds("startxref") && holds("%%EOF") }

  mutating func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if beginning.count < 8 {
      unsafe beginning.append(contentsOf: bytes.prefix(8 - beginning.count))
      if beginning.count == 8, !hasVersion { return false }
    }
    if unsafe names.findActive(in: bytes) {
      refusal = .active
      return false
    }
    unsafe end.append(contentsOf: bytes.suffix(Self.endByteCount))
    if end.count > Self.endByteCount { end.removeFirst(end.count - Self.endByteCount) }
    return true
  }

  /// `%PDF-1.7`, `%PDF-2.0`.
  private var hasVersion: Bool {
    (UInt8(ascii: "1")...UInt8(ascii: "2")).contains(beginning[5]) && beginning[6] == UInt8(ascii: ".")
      && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(beginning[7])
  }

  private func holds(_ word: StaticString) -> Bool {
    end.firstRange(of: Array(word.description.utf8)) != nil
  }
}
