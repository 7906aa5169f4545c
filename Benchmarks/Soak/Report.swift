import Client
import Core
import Day

/// What came of a soak, in lines for a terminal.
struct Report {
  private static let findingsShownMax = 20

  let kills: [Phase: Int]
  let told: [BookKeeper.Told: Int]
  let done: [String: Int]
  let findings: [Finding]
  let surprises: [String: Int]
  let starts: [Duration]
  let duration: Duration

  var lines: [String] {
    [""] + killLines + [""] + toldLines + [""] + doneLines + startLines + [""] + surpriseLines + findingLines
  }

  private var killLines: [String] {
    [Self.pair("kills", kills.values.reduce(0, +))]
      + Phase.allCases.map { Self.pair("  in \($0.rawValue)", kills[$0, default: 0]) }
  }

  private var toldLines: [String] {
    [Self.pair("acknowledged", told.values.reduce(0, +))]
      + BookKeeper.Told.allCases.map { Self.pair("  \($0.rawValue)", told[$0, default: 0]) }
  }

  private var doneLines: [String] {
    [Self.pair("carried out", done.values.reduce(0, +))]
      + done.sorted { $0.key < $1.key }.map { Self.pair("  \($0.key)", $0.value) }
  }

  private var startLines: [String] {
    let times = Distribution(starts)
    return [
      "", Self.pair("starts", starts.count), Self.pair("  median", Self.seconds(times.percentile(0.5))),
      Self.pair("  worst", Self.seconds(times.percentile(1))), Self.pair("all of it took", Self.seconds(duration)),
    ]
  }

  /// Refusals: other people were faster, a hint was out of date.
  private var surpriseLines: [String] {
    guard !surprises.isEmpty else { return [] }
    return [Self.pair("clients were surprised", surprises.values.reduce(0, +))]
      + surprises.sorted { $0.value > $1.value }.prefix(Self.findingsShownMax).map { "    \($0.value) × \($0.key)" } + [
        ""
      ]
  }

  private var findingLines: [String] {
    Finding.Kind.allCases.map { kind in Self.pair(kind.rawValue, findings.filter { $0.kind == kind }.count) }
      + findings.prefix(Self.findingsShownMax).map { "    \($0)" }
  }

  static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  private static func pair(_ name: String, _ value: some CustomStringConvertible) -> String {
    "  " + padded(name, to: 28) + value.description
  }

  private static func seconds(_ duration: Duration) -> String {
    let hundredths = Int(duration / .milliseconds(10))
    return "\(hundredths / 100).\(hundredths / 10 % 10)\(hundredths % 10) s"
  }
}
