import Contracts
import Core
import Documents
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
  /// A copy in which documents are missing or damaged carries this: it counts for no night.
  static let damaged = ".damaged"
  /// Named one by one; more are counted.
  private static let namedCountMax = 20

  let input: CommandLineInput
  let places: Places
  let environment: [String: String]

  /// Writes `DIRECTORY/gapura-DATE-TIME` in UTC, with the database and the sealed documents, and compares these with what the
  /// database knows of them. With `--keep COUNT` only so many copies stay, the newest ones, and none that was broken off;
  /// none is deleted while the new one is not whole.
  ///
  /// - Throws: `UsageError`; `StoreError`; `Problem` `backup.no-data`, `backup.not-written`,
  ///   `backup.disk-failed`.
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
    let directory = input.words[1]
    let name = Self.prefix + clock.now.inNames
    let copied = try explained(name) { try write(name) }
    guard copied.faults.isEmpty else { return complain(copied, name + Self.damaged) }
    // Before anything is deleted: from now on this is the latest.
    if clock.doubt == nil { BackupRecord(state: places.state).note(.data, at: clock.now) }
    let (renamed, deleted): ([(old: String, new: String)], [String]) = try explained(name) {
      guard clock.doubt == nil, let kept else { return ([], []) }
      return (try nameAnew(directory, now: clock.now), try prune(directory, keeping: kept, until: name))
    }
    print(
      "data copied to \(directory)/\(name); copy the key ring with `gapura vault backup-ring`, to another place")
    for (old, new) in renamed {
      print("\(old) was made while the date was wrong: kept as \(new), from when its data is")
    }
    for name in deleted { print("deleted \(name)") }
    if let doubt = clock.doubt, kept != nil { print("nothing was deleted: \(doubt.report)") }
    return .ok
  }

  /// Says which documents the copy does not have as they were written.
  private func complain(_ copied: CopiedDocuments, _ name: String) -> ExitCode {
    var lines = [
      "gapura: copied to \(input.words[1])/\(name), but \(copied.faults.count) of \(copied.count) documents are missing or "
        + "damaged; no older copy was deleted"
    ]
    lines += copied.faults.prefix(Self.namedCountMax).map { fault in
      "  \(places.documents)/\(fault.name) (document \(fault.document)) \(fault.reason)"
    }
    let rest = copied.faults.count - Self.namedCountMax
    if rest > 0 { lines.append("  and \(rest) more") }
    lines.append(
      "Check the disk. Put each file back from the documents directory of an older copy, under the same name and for the "
        + "owner of the data, and look with gapura vault check; then copy again.")
    StandardError.write(lines.joined(separator: "\n") + "\n")
    return .dataError
  }

  /// - Throws: `Problem` `backup.not-written`, `backup.disk-failed`, for errors of files and of a full disk; others as they
  ///   are.
  private func explained<T>(_ name: String, _ body: () throws -> T) throws -> T {
    let directory = input.words[1]
    let target = "\(directory)/\(name)"
    do {
      return try body()
    } catch let failure as CocoaError {
      let error = (failure.underlying as? POSIXError)?.code.rawValue
      // What was given is named, also where a directory above it is what cannot be written.
      let path = failure.filePath.flatMap { $0.hasPrefix("\(directory)/") ? $0 : nil } ?? target
      throw Problem.backupNotWritten(path, error ?? 0, reason: error == nil ? "error \(failure.code.rawValue)" : nil)
    } catch StoreError.full {
      throw Problem.backupNotWritten(target, ENOSPC, reason: "no room is left on the disk of \(directory)")
    }
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

  /// A copy from a day that is still to come was made while the date was wrong. Its database knows from when it is.
  private func nameAnew(_ directory: String, now: Instant) throws -> [(old: String, new: String)] {
    let files = FileManager.default
    let future = try files.contentsOfDirectory(atPath: directory).sorted().filter { name in
      Self.isCopy(name) && Self.isWhole(name) && name > Self.prefix + (now + .hours(1)).inNames
    }
    return try future.compactMap { old in
      guard let reading = try? Store.peek(at: "\(directory)/\(old)/gapura.db", { try $0.clockReading() }),
        reading.wall <= now, case let new = Self.prefix + reading.wall.inNames,
        !files.fileExists(atPath: "\(directory)/\(new)")
      else { return nil }
      try files.moveItem(atPath: "\(directory)/\(old)", toPath: "\(directory)/\(new)")
      return (old, new)
    }
  }

  /// Deletes the older copies, and what earlier runs began and did not finish or found damaged. Other files are left alone,
  /// also copies from a day that is still to come: a clock that was wrong once would push every copy after it out.
  private func prune(_ directory: String, keeping count: Int, until latest: String) throws -> [String] {
    // Names are moments, so their order is that of time.
    let names = try FileManager.default.contentsOfDirectory(atPath: directory)
      .filter { Self.isCopy($0) && $0.prefix(latest.count) <= latest }.sorted()
    let surplus = names.filter { !Self.isWhole($0) } + names.filter(Self.isWhole).dropLast(count)
    for name in surplus { try delete("\(directory)/\(name)") }
    return surplus
  }

  /// A whole copy loses its name first: one of which a part is deleted when the machine stops is not taken for whole.
  private func delete(_ path: String) throws {
    let files = FileManager.default
    guard Self.isWhole(path) else { return try files.removeItem(atPath: path) }
    try files.moveItem(atPath: path, toPath: path + Self.unfinished)
    try files.removeItem(atPath: path + Self.unfinished)
  }

  /// Whether a file is named as the copies are.
  private static func isCopy(_ name: String) -> Bool {
    name.wholeMatch(of: /gapura-\d{4}-\d{2}-\d{2}T\d{6}\.\d{3}Z?(\.unfinished|\.damaged)?/) != nil
  }

  /// The whole copies in a directory, by name and so by time; none where it cannot be read.
  static func copies(in directory: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return names.filter { isCopy($0) && isWhole($0) }.sorted()
  }

  private static func isWhole(_ name: String) -> Bool { !name.hasSuffix(unfinished) && !name.hasSuffix(damaged) }

  private func write(_ name: String) throws -> CopiedDocuments {
    let files = FileManager.default
    let target = "\(input.words[1])/\(name)"
    let beginning = target + Self.unfinished
    try files.createDirectory(
      atPath: beginning, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    do {
      let copied = try fill(beginning)
      // Durable before it gets its name.
      sync()
      try files.moveItem(atPath: beginning, toPath: copied.faults.isEmpty ? target : target + Self.damaged)
      return copied
    } catch {
      // What is no copy only takes the room of the next one.
      try? files.removeItem(atPath: beginning)
      throw error
    }
  }

  private func fill(_ directory: String) throws -> CopiedDocuments {
    // What is removed from now on stays until it is copied: the copy of the database names it.
    let hasDocuments = FileManager.default.fileExists(atPath: places.documents)
    let hold = hasDocuments ? try DocumentHold.begin(on: places.documents) : nil
    defer { withExtendedLifetime(hold) {} }
    // The database first: a document that comes later is left out by a restore, one that is missing would be missed.
    try Store.copy(places.database, to: "\(directory)/gapura.db")
    // The whole documents, as they lie sealed on the disk; what is still arriving belongs to no record yet.
    if hasDocuments {
      try FileCopier { .backupNotWritten($0, $1) }.copyFiles(of: places.documents, to: "\(directory)/documents")
    }
    return try CopiedDocuments(in: "\(directory)/documents", namedBy: "\(directory)/gapura.db") {
      try ErasedPeople.contains($0, in: $1)
    }
  }
}
