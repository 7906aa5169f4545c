import Client
import Day
import Foundation
import Measuring

// MARK: the executable, through HTTP

extension BenchCommand {
  @Sendable static func visits() async throws {
    Output.title(
      "visits through HTTP, each with an application of its own: number, call, start, finish; the bare steps, or with "
        + "every page on the way")
    try await withOffice { office in
      let bench = try VisitBench(office, counterCount: 64)
      for style in VisitStyle.allCases {
        for (clients, visits) in [(1, 200), (8, 800), (64, 1920)] {
          let result = try await bench.rate(clients: clients, visitCount: visits, style)
          let name = "\(style), \(clients) client\(clients == 1 ? "" : "s")"
          Output.row(name, perSecond: result.visits.rate, note: result.visits.latencies.summary)
          Output.more("visits a second, \(name)", result.visits.rate)
          Output.less("server's processor time a visit in ms, \(name)", result.serverTime.inMilliseconds)
        }
      }
    }
  }

  @Sendable static func followers() async throws {
    // A fifth of them displays, as many as the environment says.
    let wanted = setting("GAPURA_BENCH_FOLLOWERS", or: 1000)
    let displays = max(1, wanted / 5)
    let phones = max(1, wanted - displays)
    Output.title("a call, to \(displays) open displays and \(phones) phone pages, through HTTP")
    try await withOffice { office in
      let result = try await FollowBench(office: office, displayCount: displays, phoneCount: phones).measure()
      Output.row("commit to bytes received, p50/p90/p99", result.commit.summary)
      Output.row("  at the displays", result.displays.summary)
      Output.row("  on the phones", result.phones.summary)
      Output.row("officer's key to bytes received", result.key.summary)
      Output.row("streams that missed a call", "\(result.missed)")
      Output.row("bytes to each stream for a call", "\(result.bytesReceivedPerCall)")
      Output.row("memory of the server for each stream", "\(result.byteCountPerStream / 1024) KiB")
    }
  }

  @Sendable static func displays() async throws {
    let count = setting("GAPURA_BENCH_DISPLAYS", or: 1000)
    Output.title("what \(count) open displays cost the server a visit: a call, a start, a finish")
    try await withOffice { office in
      let result = try await DisplayBench(office: office, displayCount: count).measure()
      Output.row("without displays, processor time a visit", "\(result.without)")
      Output.row("with them", "\(result.with)")
      Output.row("displays that missed a call", "\(result.missedCount)")
      Output.row("bytes to each display a visit", "\(result.byteCountPerVisit)")
      guard result.missedCount == 0 else { throw Trouble("\(result.missedCount) displays missed a call") }
      let name = "\(count) displays' processor time a visit in ms"
      try MissedGoals.check([
        (name, Output.goal(name, (result.with - result.without).inMilliseconds, atMost: DisplayBench.millisecondsMax))
      ])
    }
  }

  @Sendable static func phone() async throws {
    Output.title("a phone that was never here, at 250/50 kbit/s and 300 ms, through nginx with TLS: first words")
    try await withOffice { office in
      let results = try await PhoneBench(office: office).measure()
      for result in results {
        Output.row("\(result.page), p50/p90/p99", result.paints.summary)
        Output.row("  bytes down the line", "\(result.byteCount)")
        Output.goal(
          "\(result.page), first words p50 in seconds", result.paints.percentile(0.5).seconds,
          atMost: result.goal.seconds)
      }
    }
  }

  @Sendable static func flood() async throws {
    Output.title("an officer's call over the hall's listener, while one client floods the portal")
    try await withOffice { office in
      let result = try await FloodBench(office: office).measure()
      Output.row("quiet, p50/p90/p99", result.quiet.summary)
      Output.row("flooded, p50/p90/p99", result.flooded.summary)
      Output.row("  pages and refusals of the flooder", "\(result.pagesPerSecond)/s, \(result.refusalsPerSecond)/s")
      for (part, processors) in result.costs { Output.row("  processors for its \(part)", hundredths: processors) }
      let goals = [
        ("p99 flooded : quiet", result.slowness, FloodBench.Result.slownessMax),
        ("processors for the flooder", result.processors, FloodBench.Result.processorMax),
      ]
      try MissedGoals.check(
        goals.map { name, figure, most in (name: name, isKept: Output.goal(name, figure, atMost: most)) })
    }
  }
}

// MARK: its footprint

extension BenchCommand {
  /// What the server may hold in memory after a full day, in MB.
  private static let restingMegabytesMax = 60.0

  @Sendable static func footprint() async throws {
    Output.title("footprint of the release executable")
    let executable = OfficeProcess.builtExecutable
    let size = try FileManager.default.attributesOfItem(atPath: executable.path)[.size] as? Int ?? 0
    Output.row("size on disk", "\(size / 1024) KiB")
    Output.less("size on disk in MB", Double(size) / 1_048_576)
    try await withOffice { office in
      let starts = try Footprint.startTimes(of: office, count: 9)
      Output.row("start to READY", starts.summary)
      Output.less("start to READY, p50 in ms", starts.percentile(0.5).inMilliseconds)
    }
    try await withOffice { office in
      let day = try await Footprint.day(at: office, peopleCount: 200, seed: seed)
      Output.row("resident after start", "\(day.residentBefore) KiB")
      Output.row("resident after a day of 200", "\(day.residentAfter) KiB")
      Output.row("that day's requests", "\(day.result.latencies.count), \(day.result.requestsPerSecond)/s")
      Output.row("their time", day.result.latencies.summary)
      Output.row("its kiosk answers", day.result.kioskLatencies.summary)
      Output.row("its errors, disagreements", "\(day.result.errors.count), \(day.result.disagreements.count)")
    }
  }

  /// A day as large offices have them: each ticket with its application, and every page on the way.
  @Sendable static func day() async throws {
    let count = setting("GAPURA_BENCH_TICKETS", or: 8000)
    Output.title("memory at rest after a day of \(count) tickets, each with its application and every page on the way")
    try await withOffice { office in
      let bench = try VisitBench(office, counterCount: 16)
      let load = try ServerLoad(of: office)
      let before = try load.residentKiB()
      let result = try await bench.rate(clients: 16, visitCount: count, .pages)
      let busy = try load.residentKiB()
      // What waits for a while before it gives memory back has done so.
      try await Task.sleep(for: .seconds(30))
      let after = try load.residentKiB()
      Output.row("visits", perSecond: result.visits.rate, note: result.visits.latencies.summary)
      Output.row("resident after start, after the last visit", "\(before) KiB, \(busy) KiB")
      let name = "memory at rest after a day in MB"
      try MissedGoals.check([
        (name, Output.goal(name, Double(after) / 1024, atMost: restingMegabytesMax))
      ])
    }
  }
}
