internal import Core

extension Words {
  /// `88,31`, or `88.31` in English.
  func decimal(hundredths: Int) -> String {
    let rest = hundredths % 100
    return self(
      "feedback.decimal", ["whole": String(hundredths / 100), "hundredths": rest < 10 ? "0\(rest)" : String(rest)])
  }

  /// A number rounded to two decimals.
  func decimal(_ number: Double) -> String { decimal(hundredths: Int((number * 100).rounded())) }
}
