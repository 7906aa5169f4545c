import Core
import Crypto

/// One share of a root key, as it is written on paper: 45 bytes, which are 72 symbols in 18 groups.
///
/// Version (1 byte), set (3), threshold (1), index (1), the share of the key and of its check (32 + 3), checksum (4).
final class RecoveryShare: Sendable {
  static let version: UInt8 = 1
  static let setByteCount = 3
  /// How much of the key's digest there is; it finds shares that do not belong together after all.
  static let checkByteCount = 3
  private static let checksumByteCount = 4
  private static let headByteCount = 1 + setByteCount + 2
  private static let secretByteCount = CryptoLibrary.keyByteCount + checkByteCount
  private static let byteCount = headByteCount + secretByteCount + checksumByteCount
  private static let groupCount = 4

  /// The same for all shares that were made together; random.
  let set: [UInt8]
  /// How many shares of the set give the key.
  let threshold: Int
  let point: SecretSharing.Point

  init(set: [UInt8], threshold: Int, point: SecretSharing.Point) {
    self.set = set
    self.threshold = threshold
    self.point = point
  }

  /// Reads what a person typed; case, spaces and hyphens do not matter.
  ///
  /// - Throws: `malformed` when a symbol is wrong, missing or too many.
  convenience init(typed text: Personal<String>, library: CryptoLibrary) throws(CryptoFailure) {
    guard let bytes = Crockford.bytes(of: text.exposed), bytes.count == Self.byteCount, bytes[0] == Self.version else {
      throw .malformed
    }
    let body = Array(bytes.dropLast(Self.checksumByteCount))
    guard try Array(bytes.suffix(Self.checksumByteCount)) == Self.checksum(of: body, library) else { throw .malformed }
    let (threshold, index) = (Int(bytes[4]), bytes[5])
    guard threshold >= 2, threshold <= SecretSharing.countMax, index >= 1, index <= SecretSharing.countMax else {
      throw .malformed
    }
    let value = unsafe SecretBytes.filled(count: Self.secretByteCount) { buffer in
      unsafe buffer.copyBytes(from: body[Self.headByteCount...])
    }
    self.init(
      set: Array(bytes[1..<4]), threshold: threshold, point: SecretSharing.Point(index: index, value: value))
  }

  /// The share in groups of four symbols, to be written down and typed back in.
  func text(library: CryptoLibrary) throws(CryptoFailure) -> Personal<String> {
    let value = unsafe point.value.withBytes { bytes in unsafe Array(bytes) }
    let body = [Self.version] + set + [UInt8(threshold), point.index] + value
    let symbols = Crockford.encode(body + (try Self.checksum(of: body, library)))
    let groups = stride(from: 0, to: symbols.count, by: Self.groupCount).map { place in
      String(symbols.dropFirst(place).prefix(Self.groupCount))
    }
    return Personal(groups.joined(separator: "-"))
  }

  private static func checksum(of body: [UInt8], _ library: CryptoLibrary) throws(CryptoFailure) -> [UInt8] {
    Array(try library.sha256(Array("gapura/v1/share".utf8) + body).prefix(checksumByteCount))
  }
}
