import Contracts
import Core
import FoundationEssentials
import Glibc
import Store
import Vault

/// `gapura backup`: a copy of the data while the server runs. The key ring is not in it: its copies are kept apart and
/// for a short time only, so that an erasure reaches every backup, however old.
struct BackupCommand {
  static let usage = "usage: gapura backup DIRECTORY [--keep COUNT]"
  private static let prefix = "gapura-"
  /// What is being written carries this at its end, so that a copy that was broken off is not taken for a whole one.
  static let unfinished = ".unfinished"

  let input: CommandLineInput
  let places: Places
  let environment: [String: String]

  /// Writes `DIRECTORY/gapura-DATE-TIME` in UTC, with the database and the sealed documents. With `--keep COUNT` only
  /// so many copies stay, the newest ones, and none that was broken off.
  ///
  /// - Throws: `UsageError`; `StoreError`; `Problem` `backup.no-data`, `backup.not-written`.
  func run() async throws -> ExitCode {
    let known = Places.options.union(["keep"])
    guard input.words.count == 2, input.options.keys.allSatisfy(known.contains) else { throw UsageError(Self.usage) }
    let kept = try keptCount()
    try StateOwner.become(ownerOf: places.state)
    let hasState = FileManager.default.fileExists(atPath: places.state)
    let lock = hasState ? try StateLock.take(.beside, of: places.state) : nil
    defer { withExtendedLifetime(lock) {} }
    guard FileManager.default.fileExists(atPath: places.database) else {
      throw Problem(.notFound, "backup.no-data", ["path": places.database])
    }
    try Store.requireEveryCommit(of: places.database)
    let clock = try clock()
    let name = Self.prefix + clock.now.inNames
    let target = "\(input.words[1])/\(name)"
    let deleted: [String]
    do {
      try write(to: target)
      deleted = clock.doubt == nil ? try kept.map { try prune(input.words[1], keeping: $0, until: name) } ?? [] : []
    } catch let failure as CocoaError {
      let reason = (failure.underlying as? POSIXError).map { unsafe String(cString: strerror($0.code.rawValue)) }
      throw notWritten(failure.filePath ?? target, reason ?? "error \(failure.code.rawValue)")
    }
    print("data copied to \(target); copy the key ring with `gapura vault backup-ring`, to another place")
    for name in deleted { print("deleted \(name)") }
    if let doubt = clock.doubt, kept != nil { print("nothing was deleted: \(doubt.report)") }
    return .ok
  }

  /// - Throws: `UsageError` for a count that would leave nothing.
  private func keptCount() throws -> Int? {
    guard let text = input.options["keep"] else { return nil }
    guard let count = Int(text), count > 0 else { throw UsageError("\(Self.usage): COUNT is 1 or more") }
    return count
  }

  /// The machine's clock, compared with the time that the store has seen.
  private func clock() throws -> TrustedClock {
    let settings = try ConfigurationFile.load(Settings.self, from: places.configuration.appending("gapura.json5"))
    let clock = TrustedClock(settings.clock, environment: environment)
    clock.begin(after: try Store.peek(at: places.database) { try $0.clockReading() })
    return clock
  }

  /// Deletes the older copies, and what earlier runs began and did not finish. Other files are left alone, also copies from
  /// a day that is still to come: a clock that was wrong once would push every copy after it out.
  private func prune(_ directory: String, keeping count: Int, until latest: String) throws -> [String] {
    // Names are moments, so their order is that of time.
    let names = try FileManager.default.contentsOfDirectory(atPath: directory)
      .filter { Self.isCopy($0) && $0.prefix(latest.count) <= latest }.sorted()
    let (unfinished, whole) = (
      names.filter { $0.hasSuffix(Self.unfinished) }, names.filter { !$0.hasSuffix(Self.unfinished) }
    )
    let surplus = unfinished + whole.dropLast(count)
    for name in surplus { try FileManager.default.removeItem(atPath: "\(directory)/\(name)") }
    return surplus
  }

  /// Whether a file is named as the copies are.
  private static func isCopy(_ name: String) -> Bool {
    name.wholeMatch(of: /gapura-\d{4}-\d{2}-\d{2}T\d{6}\.\d{3}Z?(\.unfinished)?/) != nil
  }

  private func write(to target: String) throws {
    let files = FileManager.default
    let beginning = target + Self.unfinished
    try files.createDirectory(
      atPath: beginning, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    // What is removed from now on stays until it is copied: the copy of the database names it.
    let hold = files.fileExists(atPath: places.documents) ? try DocumentHold.begin(on: places.documents) : nil
    defer { withExtendedLifetime(hold) {} }
    // The database first: a document that comes later is left out by a restore, one that is missing would be missed.
    try Store.copy(places.database, to: "\(beginning)/gapura.db")
    // The whole documents, as they lie sealed on the disk; what is still arriving belongs to no record yet.
    if hold != nil {
      try FileCopier(failure: notWritten).copyFiles(of: places.documents, to: "\(beginning)/documents")
    }
    // Durable before it gets its name.
    sync()
    try files.moveItem(atPath: beginning, toPath: target)
  }

  private func notWritten(_ path: String, _ reason: String) -> Problem {
    Problem(.unavailable, "backup.not-written", ["path": path, "reason": reason])
  }
}
