/// A month as people write it: its number, or its name in Indonesian or English, short or long.
public enum MonthName {
  /// Old spellings (*Pebruari*, *Nopember*) stand in identity cards to this day.
  private static let names: [[String]] = [
    ["januari", "january"], ["februari", "february", "pebruari"], ["maret", "march"], ["april"], ["mei", "may"],
    ["juni", "june"], ["juli", "july"], ["agustus", "august"], ["september"], ["oktober", "october"],
    ["november", "nopember"], ["desember", "december"],
  ]
  private static let short = ["agt": 8, "ags": 8]
  private static let letterCountMin = 3
  /// As long as the longest name, with a full stop.
  public static let characterCountMax = 10

  /// The month from 1 to 12; nil where the text names none. A name may be cut after three letters and end in a full
  /// stop: `Agust`, `Sept.`.
  public static func number(_ text: String) -> Int? {
    if text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
      return Int(text).flatMap { text.utf8.count <= 2 && (1...12).contains($0) ? $0 : nil }
    }
    var letters = text.lowercased()
    if letters.hasSuffix(".") { letters.removeLast() }
    if let month = short[letters] { return month }
    guard letters.count >= letterCountMin else { return nil }
    return names.firstIndex { $0.contains { $0.hasPrefix(letters) } }.map { $0 + 1 }
  }
}
