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
    let hundredths = Int((first / second * 100).rounded())
    row("= \(name)", "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)")
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
