#if canImport(Glibc)
  import Glibc
#endif

/// A tidy table on standard output, written without a buffer.
enum Output {
  static func title(_ text: String) { line("\n\(text)") }

  static func row(_ name: String, _ value: String) { line("  " + padded(name, to: 44) + value) }

  static func row(_ name: String, perSecond rate: Double, note: String = "") {
    let figure = String(Int(rate.rounded())) + "/s"
    row(name, padded(figure, to: 14) + (note.isEmpty ? "" : "p50/p90/p99 \(note)"))
  }

  /// How many times the second one the first one is.
  static func ratio(_ name: String, _ first: Double, _ second: Double) {
    row("= \(name)", hundredths: first / second)
  }

  static func row(_ name: String, hundredths figure: Double) { row(name, rounded(figure)) }

  /// A figure with the most that it may be.
  ///
  /// - Returns: whether it is not more, as it is printed.
  static func goal(_ name: String, _ figure: Double, atMost most: Double) -> Bool {
    let isKept = (figure * 100).rounded() <= (most * 100).rounded()
    row("= \(name) (goal: at most \(rounded(most)))", "\(rounded(figure)) \(isKept ? "kept" : "MISSED")")
    return isKept
  }

  private static func rounded(_ figure: Double) -> String {
    let hundredths = Int((figure * 100).rounded())
    let (sign, size) = (hundredths < 0 ? "-" : "", abs(hundredths))
    return "\(sign)\(size / 100).\(size % 100 < 10 ? "0" : "")\(size % 100)"
  }

  static func line(_ text: String) {
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
