import Day

/// Rows of figures.
enum Figures {
  static func row(_ name: String, _ value: String) {
    print("  " + name + String(repeating: " ", count: max(1, 44 - name.count)) + value)
  }

  static func summary(_ durations: [Duration]) -> String { Distribution(durations).summary }
}
