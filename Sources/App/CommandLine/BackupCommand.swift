import Contracts
import Core
import FoundationEssentials
import Glibc
import Store

/// `gapura backup`: a copy of the data while the server runs. The key ring is not in it: its copies are kept apart and
/// for a short time only, so that an erasure reaches every backup, however old.
struct BackupCommand {
  static let usage = "usage: gapura backup DIRECTORY"
  /// What is being written carries this at its end, so that a copy that was broken off is not taken for a whole one.
  private static let unfinished = ".unfinished"

  let input: CommandLineInput
  let places: Places
  let clock: any WallClock

  /// Writes `DIRECTORY/gapura-DATE-TIME` in UTC, with the database and the sealed documents.
  ///
  /// - Throws: `UsageError`; `StoreError`; `Problem` `backup.no-data`, `backup.not-written`.
  func run() throws -> ExitCode {
    guard input.words.count == 2, input.options.keys.allSatisfy(Places.options.contains) else {
      throw UsageError(Self.usage)
    }
    guard FileManager.default.fileExists(atPath: places.database) else {
      throw Problem(.notFound, "backup.no-data", ["path": places.database])
    }
    try StateOwner.become(ownerOf: places.state)
    let target = "\(input.words[1])/gapura-\(stamp)"
    do {
      try write(to: target)
    } catch let failure as CocoaError {
      throw Problem(.unavailable, "backup.not-written", ["path": target, "reason": "\(failure)"])
    }
    print("data copied to \(target); copy the key ring with `gapura vault backup-ring`, to another place")
    return .ok
  }

  private func write(to target: String) throws {
    let files = FileManager.default
    let beginning = target + Self.unfinished
    try files.createDirectory(
      atPath: beginning, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    // The database first: a document that comes later is swept after a restore, one that is missing would be missed.
    try Store.copy(places.database, to: "\(beginning)/gapura.db", clock: clock)
    if files.fileExists(atPath: places.documents) {
      try files.copyItem(atPath: places.documents, toPath: "\(beginning)/documents")
    }
    // Durable before it gets its name.
    sync()
    try files.moveItem(atPath: beginning, toPath: target)
  }

  private var stamp: String {
    Date(timeIntervalSince1970: Double(clock.now.milliseconds) / 1000)
      .formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true).timeSeparator(.omitted))
  }
}
