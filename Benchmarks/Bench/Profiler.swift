import Client
import Day
import Foundation

/// Where a process spends its processors' time while something is done, by Debian's perf(1).
struct Profiler {
  /// The most that are told of a profile.
  private static let lineCountMax = 25
  private static let columnCountMax = 160
  /// Nanoseconds of processor time between two looks. By time and not by frequency: perf finds the frequency too late, or never,
  /// in processes that it comes upon running.
  private static let period = 1_000_000

  let folder: URL

  /// Watches a process meanwhile.
  ///
  /// - Parameter name: of the file in which what was seen is kept, for `perf report --input`.
  /// - Returns: the top, by what the functions themselves take and by what they take with those that they call.
  func watch(_ process: Int32, as name: String, while work: () async throws -> Void) async throws -> (
    alone: [String], inclusive: [String]
  ) {
    let file = folder.appendingPathComponent("\(name).perf")
    let perf = try ChildProcess(
      "/usr/bin/perf",
      [
        "record", "--event", "cpu-clock:u", "--count", String(Self.period), "--call-graph", "fp", "--output", file.path,
        "--pid", String(process),
      ])
    // It says nothing when it has begun.
    try await Task.sleep(for: .seconds(1))
    guard perf.isRunning else {
      throw Trouble("perf cannot watch here (kernel.perf_event_paranoid?): \(perf.speech.complaintText)")
    }
    try await work()
    perf.end(with: SIGINT)
    let whole = ["report", "--stdio", "--call-graph", "none", "--percent-limit", "0.5", "--input", file.path]
    let alone = try top(whole + ["--no-children", "--fields", "overhead,symbol", "--sort", "symbol"])
    let inclusive = try top(whole + ["--children", "--fields", "overhead_children,symbol", "--sort", "symbol"])
    guard !alone.isEmpty else { throw Trouble("perf has seen nothing of \(name): \(perf.speech.complaintText)") }
    return (alone, inclusive)
  }

  private func top(_ arguments: [String]) throws -> [String] {
    let told = try ChildProcess.run("/usr/bin/perf", arguments).text
    // Perf puts lines with chosen columns in the order of their names.
    let lines = told.split(separator: "\n").filter { !$0.hasPrefix("#") && $0.contains("%") }
      .map { line in (share: Self.share(line), text: String(line)) }
      .sorted { $0.share > $1.share }
      .prefix(Self.lineCountMax)
    guard !lines.isEmpty else { return [] }
    let names = try ChildProcess.run(
      "/usr/bin/env", ["swift", "demangle", "--simplified"], input: lines.map(\.text).joined(separator: "\n") + "\n"
    ).text
    return names.split(separator: "\n").map { line in
      // Behind the name stand columns of which this machine knows nothing.
      String(line.drop { $0 == " " }.replacing(/(?:\s+-)*\s*$/, with: "").prefix(Self.columnCountMax))
    }
  }

  /// The hundredths with which a line of perf's report begins.
  private static func share(_ line: Substring) -> Double {
    Double(line.drop { $0 == " " }.prefix { $0 != "%" }) ?? 0
  }
}
