extension DayResult {
  /// Errors and disagreements shown at most; the first ones say what is wrong.
  private static let findingsShownMax = 20

  /// The day in lines for a terminal.
  public var table: [String] {
    peopleLines + figureLines + findingLines
  }

  private var peopleLines: [String] {
    var lines = ["", Self.row("people", "service", "")]
    for way in ways { lines.append(Self.row(way.way, way.service, String(way.count))) }
    return lines
  }

  private var figureLines: [String] {
    let seconds = Distribution.milliseconds(duration)
    return [
      "",
      Self.pair("seed", "\(seed)"),
      Self.pair("people", "\(peopleCount) in \(seconds) ms"),
      Self.pair("visits", endings.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")),
      Self.pair("wait p50/p90/p99", times.waits.summary),
      Self.pair("visit p50/p90/p99", times.visits.summary),
      Self.pair("HTTP requests", "\(latencies.count), \(requestsPerSecond)/s"),
      Self.pair("HTTP p50/p90/p99", latencies.summary),
      Self.pair("kiosk keys p50/p90/p99", "\(kioskLatencies.summary) (\(kioskLatencies.count) answers)"),
      Self.pair("surveys, complaints", "\(surveyCount), \(complaintCount)"),
      Self.pair("called again", "\(recallCount)"),
      Self.pair("asked to wait (429)", "\(askedToWaitCount)"),
      Self.pair("right refusals", refusals.values.reduce(0, +).description),
    ] + refusals.sorted { $0.key < $1.key }.map { Self.pair("  \($0.key)", "\($0.value)") }
  }

  private var findingLines: [String] {
    var lines = [Self.pair("errors", "\(errors.count)")]
    lines += errors.prefix(Self.findingsShownMax).map { "  \($0)" }
    lines.append(
      Self.pair(
        "database",
        disagreements.isEmpty ? "agrees with what every client was told" : "\(disagreements.count) disagreements"))
    return lines + disagreements.prefix(Self.findingsShownMax).map { "  \($0)" }
  }

  private static func row(_ way: String, _ service: String, _ count: String) -> String {
    "  " + padded(way, to: 24) + padded(service, to: 26) + count
  }

  private static func pair(_ name: String, _ value: String) -> String { "  " + padded(name, to: 30) + value }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}
