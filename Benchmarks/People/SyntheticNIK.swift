public import Core

/// Population numbers that are right in form and nobody's: region 18.08 with the district 99, which
/// Way Kanan does not have.
public enum SyntheticNIK {
  private static let region = "180899"
  /// A woman's number carries her day of birth plus forty.
  private static let womansDayOffset = 40
  /// Serials run from 0001 within a region and a birthday.
  public static let serialMax = 9999

  /// The sixteen digits.
  ///
  /// - Parameter serial: 1 to `serialMax`.
  public static func digits(bornOn date: CivilDate, isWoman: Bool, serial: Int) -> String {
    precondition((1...serialMax).contains(serial), "a NIK's serial has four digits and is not 0000")
    let day = date.day + (isWoman ? womansDayOffset : 0)
    return region + padded(day, to: 2) + padded(date.month, to: 2) + padded(date.year % 100, to: 2)
      + padded(serial, to: 4)
  }

  static func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

/// Telephone numbers that nobody has: `0800 0000 …` begins no number of Indonesia's plan, and the country
/// code 999 is reserved (ITU-T E.164, list of assigned codes).
public enum TelephoneRange {
  static func national(_ index: Int) -> String { "08000000" + SyntheticNIK.padded(index % 10_000, to: 4) }

  static func international(_ index: Int) -> String { "+99900" + SyntheticNIK.padded(index % 1_000_000, to: 6) }

  /// The form in which a number is kept: `+62…`.
  static func e164(_ typed: String) -> String { typed.hasPrefix("0") ? "+62" + typed.dropFirst() : typed }
}
