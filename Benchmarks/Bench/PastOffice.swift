import Client
import Day
import Foundation

/// An office with a past: what the simulator has played and kept (`gapura-simulate --keep`), on the morning after.
enum PastOffice {
  static let monthPath = "/petugas/laporan?jangka=bulan&tanggal=2026-11-01&menurut=layanan"
  static let unknownTablePath = "/petugas/laporan.csv?jangka=bulan&tanggal=2026-11-01&tabel=tidak-ada"

  private static let counterCount = 18

  /// The real executable on a copy of a state that was kept, started; it is the caller's to remove.
  ///
  /// - Parameter name: of the directory below that which `GAPURA_BENCH_STATES` names.
  static func open(_ name: String) throws -> OfficeProcess {
    let kept = try folder(name).appendingPathComponent("state")
    let office = try OfficeProcess(at: OfficeClock.workingMorning)
    do {
      try FileManager.default.removeItem(atPath: office.state)
      try FileManager.default.copyItem(atPath: kept.path, toPath: office.state)
      try office.liftRates()
      let counters = (1...counterCount).map { "{ number: \($0) }" }.joined(separator: ", ")
      try office.rewrite("office.json5") {
        $0.replacing(#/counters: \[[\s\S]*?\n  \]/#, with: "counters: [\(counters)]")
      }
      return office
    } catch {
      office.remove()
      throw error
    }
  }

  /// What the database weighed after each of its years: days, bytes, events of the journal, bytes of these.
  static func growth(of name: String) throws -> [[Int]] {
    try String(contentsOf: folder(name).appendingPathComponent("growth.txt"), encoding: .utf8)
      .split(separator: "\n").map { line in line.split(separator: " ").compactMap { Int($0) } }
      .filter { $0.count == 4 }
  }

  private static func folder(_ name: String) throws -> URL {
    guard let states = ProcessInfo.processInfo.environment["GAPURA_BENCH_STATES"] else {
      throw Trouble("scripts/bench years makes the states that are measured, and says where they are")
    }
    return URL(fileURLWithPath: states).appendingPathComponent(name)
  }
}
