import Contracts

/// Tells a file's type by its content while it passes, and whether it has that type's least structure. The name and the
/// media type that a browser sends are never looked at.
struct ContentInspector {
  /// The longest beginning that tells a type.
  private static let beginningByteCount = 16
  /// How far behind a file's first byte readers look for a PDF's heading (ISO 32000-1, annex H, note 13).
  private static let marginByteCountMax = 1024 - beginningByteCount

  private enum Stage {
    case beginning([UInt8])
    case walking(DocumentType, any ContentWalker)
  }

  private var stage = Stage.beginning([])

  /// Takes the next bytes.
  ///
  /// - Throws: as soon as it is certain.
  mutating func take(_ bytes: UnsafeRawBufferPointer) throws(ContentRefusal) {
    switch stage {
    case .beginning(var beginning):
      unsafe beginning.append(contentsOf: bytes)
      stage = .beginning(beginning)
      let margin = Self.marginByteCount(beginning)
      guard margin <= Self.marginByteCountMax else { throw .unknownType }
      if beginning.count - margin >= Self.beginningByteCount { try begin(beginning) }
    case .walking(let type, var walker):
      // Out of the stage first, so that the walker is not copied.
      stage = .beginning([])
      let goesOn = unsafe walker.take(bytes)
      stage = .walking(type, walker)
      guard goesOn else { throw walker.refusal ?? .broken(type) }
    }
  }

  /// The type, after the last byte.
  mutating func finish() throws(ContentRefusal) -> DocumentType {
    if case .beginning(let beginning) = stage {
      guard !beginning.isEmpty else { throw .empty }
      try begin(beginning)
    }
    guard case .walking(let type, let walker) = stage else { throw .unknownType }
    guard walker.isWhole else { throw .broken(type) }
    return type
  }

  private mutating func begin(_ whole: [UInt8]) throws(ContentRefusal) {
    let beginning = Array(whole.dropFirst(Self.marginByteCount(whole)))
    let type = try Self.type(of: beginning)
    // Only readers of PDF look further.
    guard type == .pdf || beginning.count == whole.count else { throw .unknownType }
    var walker: any ContentWalker =
      switch type {
      case .jpeg: JPEGWalker()
      case .png: PNGWalker()
      case .pdf: PDFWalker()
      }
    let goesOn = unsafe beginning.withUnsafeBytes { unsafe walker.take($0) }
    stage = .walking(type, walker)
    guard goesOn else { throw walker.refusal ?? .broken(type) }
  }

  /// A byte-order mark, line ends and spaces, which e-mail programs and word processors put before a PDF's heading.
  private static func marginByteCount(_ beginning: [UInt8]) -> Int {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let start = beginning.starts(with: mark) ? mark.count : 0
    return start + beginning.dropFirst(start).prefix { [0x09, 0x0A, 0x0C, 0x0D, 0x20].contains($0) }.count
  }

  private static func type(of beginning: [UInt8]) throws(ContentRefusal) -> DocumentType {
    if beginning.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
    if beginning.starts(with: PNGWalker.signature) { return .png }
    if beginning.starts(with: Array("%PDF-".utf8)) { return .pdf }
    // ISO 14496-12: a box's length, `ftyp`, and the brand.
    let isMediaFile = beginning.dropFirst(4).starts(with: Array("ftyp".utf8))
    let brand = String(decoding: beginning.dropFirst(8).prefix(4), as: UTF8.self)
    if isMediaFile, ["heic", "heix", "hevc", "hevx", "mif1", "msf1", "heim", "heis"].contains(brand) { throw .heic }
    throw .unknownType
  }
}

/// Goes through the bytes of one type without keeping them.
protocol ContentWalker: Sendable {
  /// Takes the next bytes; false when they cannot belong to a file of the type, or to one that is taken.
  mutating func take(_ bytes: UnsafeRawBufferPointer) -> Bool
  /// Whether what came so far is a whole file.
  var isWhole: Bool { get }
  /// Why it does not go on, where that is not its form.
  var refusal: ContentRefusal? { get }
}
