/// Arithmetic in the field of 256 elements, with AES's polynomial x^8 + x^4 + x^3 + x + 1 (FIPS 197, section 4.2).
///
/// It takes constant time: no table is looked up and no branch is taken by what the operands are.
enum GF256 {
  static func multiply(_ left: UInt8, _ right: UInt8) -> UInt8 {
    var (product, factor): (UInt8, UInt8) = (0, left)
    for bit in 0..<8 {
      product ^= factor & (0 &- (right >> UInt8(bit) & 1))
      factor = factor << 1 ^ 0x1b & (0 &- (factor >> 7))
    }
    return product
  }

  /// The element whose product with `element` is 1; 0 for 0. It is `element` to the power of 254, since every element
  /// but 0 to the power of 255 is 1.
  static func inverse(_ element: UInt8) -> UInt8 {
    var (power, square): (UInt8, UInt8) = (1, element)
    for _ in 0..<7 {
      square = multiply(square, square)
      power = multiply(power, square)
    }
    return power
  }
}
