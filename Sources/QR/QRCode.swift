internal import CQrencode

#if canImport(Glibc)
  internal import Glibc
#endif

/// A QR code (ISO/IEC 18004, model 2) as a square of dark and light modules, to be drawn as SVG, as
/// text or on paper.
///
/// It has no quiet zone: what draws it leaves four light modules on each side.
public struct QRCode: Sendable, Equatable {
  /// How much of the picture may be covered or dirty before it can no longer be read.
  public enum Correction: Sendable, CaseIterable {
    /// About 7 %.
    case low
    /// About 15 %.
    case medium
    /// About 25 %.
    case quartile
    /// About 30 %.
    case high
  }

  /// Why a text has no QR code.
  public enum Failure: Error, Equatable {
    /// It holds more bytes than the largest code (version 40) at that correction level.
    case tooLong(byteCount: Int)
    /// There is nothing to encode.
    case empty
    /// The encoder had no memory.
    case outOfMemory
  }

  /// Modules on each side: 21 for version 1, four more for each further version.
  public let size: Int
  private let dark: [Bool]

  /// The smallest code that holds `text` in UTF-8.
  ///
  /// - Throws: `Failure.tooLong` when no version holds it, `Failure.empty` for an empty text.
  public init(text: String, correction: Correction = .medium) throws(Failure) {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else { throw .empty }
    guard let code = unsafe Self.encode(bytes, correction) else {
      throw errno == ERANGE ? .tooLong(byteCount: bytes.count) : .outOfMemory
    }
    defer { unsafe QRcode_free(code) }
    let width = unsafe Int(code.pointee.width)
    size = width
    // Only the lowest bit is the colour; the others are libqrencode's notes on what the module is for (qrencode.h).
    let modules = unsafe UnsafeBufferPointer(start: code.pointee.data, count: width * width)
    dark = unsafe modules.map { $0 & 1 == 1 }
  }

  private static func encode(_ bytes: [UInt8], _ correction: Correction) -> UnsafeMutablePointer<QRcode>? {
    // Version 0 means the smallest that fits. The string call packs digits, and capitals with digits, more closely than
    // other bytes, but ends at a NUL; the other takes a byte count.
    guard bytes.contains(0) else {
      return unsafe (bytes + [0]).withUnsafeBytes { text in
        unsafe QRcode_encodeString(
          text.bindMemory(to: CChar.self).baseAddress, 0, correction.level, QR_MODE_8, 1)
      }
    }
    return unsafe QRcode_encodeData(Int32(clamping: bytes.count), bytes, 0, correction.level)
  }

  /// Whether the module is dark; what lies outside is light, like the quiet zone.
  public subscript(x: Int, y: Int) -> Bool {
    guard (0..<size).contains(x), (0..<size).contains(y) else { return false }
    return dark[y * size + x]
  }
}

extension QRCode.Correction {
  fileprivate var level: QRecLevel {
    switch self {
    case .low: QR_ECLEVEL_L
    case .medium: QR_ECLEVEL_M
    case .quartile: QR_ECLEVEL_Q
    case .high: QR_ECLEVEL_H
    }
  }
}
