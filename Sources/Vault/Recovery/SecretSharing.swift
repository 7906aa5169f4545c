import Crypto

/// Shamir's secret sharing (Communications of the ACM 22, 1979) over GF(256), byte by byte: any `threshold` shares give
/// the secret, and fewer tell nothing of it but its length.
struct SecretSharing: Sendable {
  /// More people than this keep no key of one office together; and a share's number must be a byte other than 0.
  static let countMax = 16

  let library: CryptoLibrary

  /// A value of each byte's polynomial, at the place `index`.
  final class Point: Sendable {
    let index: UInt8
    let value: SecretBytes

    init(index: UInt8, value: consuming SecretBytes) {
      self.index = index
      self.value = value
    }
  }

  /// Shares `secret` out over the places 1 to `count`.
  func split(_ secret: borrowing SecretBytes, threshold: Int, count: Int) throws(CryptoFailure) -> [Point] {
    precondition(2 <= threshold && threshold <= count && count <= Self.countMax, "shares are checked before")
    let length = secret.count
    // The coefficients of all polynomials but the constant ones, highest first.
    let coefficients = try library.randomSecret(byteCount: length * (threshold - 1))
    return (1...count).map { index in
      let value = unsafe SecretBytes.filled(count: length) { output in
        unsafe secret.withBytes { constants in
          unsafe coefficients.withBytes { coefficients in
            for byte in 0..<length {
              var sum: UInt8 = 0
              for degree in 0..<(threshold - 1) {
                sum = GF256.multiply(sum, UInt8(index)) ^ (unsafe coefficients[degree * length + byte])
              }
              unsafe output[byte] = GF256.multiply(sum, UInt8(index)) ^ (unsafe constants[byte])
            }
          }
        }
      }
      return Point(index: UInt8(index), value: value)
    }
  }

  /// The secret: the polynomials' value at 0, by Lagrange's interpolation. From points that do not belong together, or
  /// too few of them, it is another value, which only a check of its own can tell.
  ///
  /// - Precondition: the points stand at different places and are of one length.
  func combine(_ points: [Point]) -> SecretBytes {
    let length = points.first?.value.count ?? 0
    let weights = points.map { weight(of: $0, among: points) }
    return unsafe SecretBytes.filled(count: length) { output in
      for (point, weight) in zip(points, weights) {
        unsafe point.value.withBytes { value in
          for byte in 0..<length {
            unsafe output[byte] = (unsafe output[byte]) ^ GF256.multiply(weight, unsafe value[byte])
          }
        }
      }
    }
  }

  private func weight(of point: Point, among points: [Point]) -> UInt8 {
    points.filter { $0.index != point.index }.reduce(1) { weight, other in
      GF256.multiply(weight, GF256.multiply(other.index, GF256.inverse(other.index ^ point.index)))
    }
  }
}
