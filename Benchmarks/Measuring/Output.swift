#if canImport(Glibc)
  import Glibc
#endif

/// A tidy table on standard output, written without a buffer.
///
/// A row that begins with `=` is a figure to hold an earlier run against: `scripts/compare-bench` reads in its name which way
/// is better, and `scripts/performance-page` puts those with a goal on top.
public enum Output {
  /// A heading; the rows of a part follow it.
  public static func title(_ text: String) { line("\n\(text)") }

  /// A row in words.
  public static func row(_ name: String, _ value: String) { line("  " + padded(name, to: 44) + value) }

  /// A row of a rate, with what there is to say of each single time.
  public static func row(_ name: String, perSecond rate: Double, note: String = "") {
    let figure = String(Int(rate.rounded())) + "/s"
    row(name, padded(figure, to: 14) + (note.isEmpty ? "" : "p50/p90/p99 \(note)"))
  }

  /// A row with two decimals.
  public static func row(_ name: String, hundredths figure: Double) { row(name, rounded(figure)) }

  /// How many times the second one the first one is; more is better.
  public static func ratio(_ name: String, _ first: Double, _ second: Double) {
    row("= \(name)", hundredths: first / second)
  }

  /// A figure of which less is better: a time, a size, a share of the processors. Its unit stands in its name.
  public static func less(_ name: String, _ figure: Double) { row("= \(name) (less is better)", hundredths: figure) }

  /// A figure of which more is better: a rate. Its unit stands in its name.
  public static func more(_ name: String, _ figure: Double) { row("= \(name)", hundredths: figure) }

  /// A figure with the most that it may be.
  ///
  /// - Returns: whether it is not more, as it is printed.
  @discardableResult
  public static func goal(_ name: String, _ figure: Double, atMost most: Double) -> Bool {
    goal(name, figure, "at most \(rounded(most))", isKept: hundredths(figure) <= hundredths(most))
  }

  /// A figure with the least that it may be.
  ///
  /// - Returns: whether it is not less, as it is printed.
  @discardableResult
  public static func goal(_ name: String, _ figure: Double, atLeast least: Double) -> Bool {
    goal(name, figure, "at least \(rounded(least))", isKept: hundredths(figure) >= hundredths(least))
  }

  private static func goal(_ name: String, _ figure: Double, _ bound: String, isKept: Bool) -> Bool {
    row("= \(name) (goal: \(bound))", "\(rounded(figure)) \(isKept ? "kept" : "MISSED")")
    return isKept
  }

  private static func hundredths(_ figure: Double) -> Double { (figure * 100).rounded() }

  private static func rounded(_ figure: Double) -> String {
    // What was divided by nothing is no figure.
    guard figure.isFinite else { return "–" }
    let hundredths = Int(Self.hundredths(figure))
    let (sign, size) = (hundredths < 0 ? "-" : "", abs(hundredths))
    return "\(sign)\(size / 100).\(size % 100 < 10 ? "0" : "")\(size % 100)"
  }

  /// A line as it is.
  public static func line(_ text: String) {
    var bytes = Array((text + "\n").utf8)[...]
    while !bytes.isEmpty {
      let written = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      guard written > 0 else { return }
      bytes = bytes.dropFirst(written)
    }
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}
