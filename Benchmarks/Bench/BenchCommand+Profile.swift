import Client
import Day
import Foundation
import Measuring

// MARK: what takes the time

extension BenchCommand {
  private static let profiledTicketCount = 40_960
  private static let profiledVisitCount = 1600

  /// The top of a ticket, a visit and a display's change, by perf(1). What was seen stays in the folder that
  /// `GAPURA_BENCH_PROFILES` names, or else in the temporary one, for `perf report`.
  @Sendable static func profile() async throws {
    let named = ProcessInfo.processInfo.environment["GAPURA_BENCH_PROFILES"]
    let folder = named.map { URL(fileURLWithPath: $0) } ?? FileManager.default.temporaryDirectory
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let profiler = Profiler(folder: folder)
    try await profileTicket(profiler)
    try await profileVisit(profiler)
    try await profileDisplay(profiler)
  }

  /// In this process: the queue's service and the store, with 64 takers beside them.
  private static func profileTicket(_ profiler: Profiler) async throws {
    try await withOffice { office in
      let measured = try await MeasuredModules.open(office)
      let bench = TicketBench(measured: measured)
      let top = try await profiler.watch(ProcessInfo.processInfo.processIdentifier, as: "ticket") {
        _ = try await bench.rate(takers: 64, ticketCount: profiledTicketCount)
      }
      await measured.close()
      say("a ticket, by 64 takers", top)
    }
  }

  private static func profileVisit(_ profiler: Profiler) async throws {
    try await withOffice { office in
      let bench = try VisitBench(office, counterCount: 8)
      guard let server = office.server else { throw Trouble("the server does not run") }
      var seen: (alone: [String], inclusive: [String])?
      _ = try await bench.rate(clients: 8, visitCount: profiledVisitCount, .pages) { visits in
        seen = try await profiler.watch(server.identifier, as: "visit", while: visits)
      }
      if let seen { say("a visit, by 8 clients with every page on the way", seen) }
    }
  }

  private static func profileDisplay(_ profiler: Profiler) async throws {
    try await withOffice { office in
      let bench = DisplayBench(office: office, displayCount: setting("GAPURA_BENCH_DISPLAYS", or: 1000))
      var seen: (alone: [String], inclusive: [String])?
      _ = try await bench.measure { visits in
        guard let server = office.server else { throw Trouble("the server does not run") }
        seen = try await profiler.watch(server.identifier, as: "display", while: visits)
      }
      if let seen { say("a visit's changes, to a thousand displays", seen) }
    }
  }

  private static func say(_ what: String, _ top: (alone: [String], inclusive: [String])) {
    Output.title("\(what): of the processors' time, by function")
    for line in top.alone { Output.line("  " + line) }
    Output.title("\(what): with what the functions call")
    for line in top.inclusive { Output.line("  " + line) }
  }
}
