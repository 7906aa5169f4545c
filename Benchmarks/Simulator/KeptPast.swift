import Client
import Core
import Foundation
import Store

/// The past of an office, played once and kept as a state directory from which the executable goes on; and beside it what the
/// database weighed as it grew.
///
///     DIRECTORY/state/         what a service finds as its state
///     DIRECTORY/growth.txt     a line a year: days, bytes of the database, events of the journal, bytes of these
struct KeptPast {
  /// The day before the morning on which started offices stand (`OfficeClock.workingMorning`).
  private static let lastDay = CivilDate(iso: "2026-12-01") ?? CivilDate(dayNumber: 0)
  private static let daysPerYear = 365

  let options: SimulateOptions
  let directory: URL

  /// Plays it. What is in the directory goes; it is whole once `growth.txt` is there.
  ///
  /// - Parameter progress: is called after each year with its line of `growth.txt`.
  func make(progress: (String) -> Void) async throws {
    let state = directory.appending(path: "state")
    try? FileManager.default.removeItem(at: directory)
    try FileManager.default.createDirectory(
      at: state, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let first = Self.lastDay.adding(days: 1 - options.dayCount)
    let office = try await SimulatedOffice(
      counterCount: options.counterCount, seed: options.seed, from: first, keptIn: state)
    var growth: [String] = []
    do {
      for day in 1...max(1, options.dayCount) {
        _ = try await office.play(first.adding(days: day - 1), peopleCount: options.peopleCount)
        guard day.isMultiple(of: Self.daysPerYear) || day == options.dayCount else { continue }
        growth.append(try await weigh(office.store, in: state, after: day))
        progress(growth[growth.count - 1])
      }
    } catch {
      await office.close()
      throw error
    }
    await office.close()
    try (growth.joined(separator: "\n") + "\n")
      .write(to: directory.appending(path: "growth.txt"), atomically: true, encoding: .utf8)
  }

  private func weigh(_ store: Store, in state: URL, after days: Int) async throws -> String {
    let path = state.appending(path: "gapura.db").path
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    let (count, byteCount) = try await store.read { snapshot in
      let count: Int? = try snapshot.value("SELECT count(*) FROM store_events")
      let byteCount: Int? = try snapshot.value(
        "SELECT sum(length(kind) + length(entity) + length(payload)) FROM store_events")
      return (count ?? 0, byteCount ?? 0)
    }
    return "\(days) \(size) \(count) \(byteCount)"
  }
}
