/// The two check digits of ISO/IEC 7064, MOD 97-10: those that make the whole number leave 1 when it is divided by 97.
///
/// They catch every wrong digit, every two digits swapped, side by side or across one between them, every pair of equal
/// digits that is wrong twice (`11` for `44`), side by side or across one, and all but one in 97 of other errors.
public enum CheckDigits {
  private static let modulus: UInt64 = 97

  /// The digits of `value` with its two check digits behind them.
  ///
  /// - Precondition: `value` has at most 17 digits.
  public static func append(to value: UInt64) -> UInt64 {
    value * 100 + (modulus + 1 - value * 100 % modulus)
  }

  /// Whether the last two digits of `number` are those that belong to the ones before.
  public static func fit(_ number: UInt64) -> Bool { number % modulus == 1 && (2...98).contains(number % 100) }
}
