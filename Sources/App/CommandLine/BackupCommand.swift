import Contracts
import Core
import FoundationEssentials
import Glibc
import Store

/// `gapura backup`: a copy of the data while the server runs. The key ring is not in it: its copies are kept apart and
/// for a short time only, so that an erasure reaches every backup, however old.
struct BackupCommand {
  static let usage = "usage: gapura backup DIRECTORY [--keep COUNT]"
  private static let prefix = "gapura-"
  /// What is being written carries this at its end, so that a copy that was broken off is not taken for a whole one.
  private static let unfinished = ".unfinished"

  let input: CommandLineInput
  let places: Places
  let clock: any WallClock

  /// Writes `DIRECTORY/gapura-DATE-TIME` in UTC, with the database and the sealed documents. With `--keep COUNT` only
  /// so many copies stay, the newest ones, and none that was broken off.
  ///
  /// - Throws: `UsageError`; `StoreError`; `Problem` `backup.no-data`, `backup.not-written`.
  func run() throws -> ExitCode {
    let known = Places.options.union(["keep"])
    guard input.words.count == 2, input.options.keys.allSatisfy(known.contains) else { throw UsageError(Self.usage) }
    let kept = try keptCount()
    guard FileManager.default.fileExists(atPath: places.database) else {
      throw Problem(.notFound, "backup.no-data", ["path": places.database])
    }
    try StateOwner.become(ownerOf: places.state)
    let target = "\(input.words[1])/\(Self.prefix)\(stamp)"
    let deleted: [String]
    do {
      try write(to: target)
      deleted = try kept.map { try prune(input.words[1], keeping: $0) } ?? []
    } catch let failure as CocoaError {
      let reason = (failure.underlying as? POSIXError).map { unsafe String(cString: strerror($0.code.rawValue)) }
      throw notWritten(failure.filePath ?? target, reason ?? "error \(failure.code.rawValue)")
    }
    print("data copied to \(target); copy the key ring with `gapura vault backup-ring`, to another place")
    for name in deleted { print("deleted \(name)") }
    return .ok
  }

  /// - Throws: `UsageError` for a count that would leave nothing.
  private func keptCount() throws -> Int? {
    guard let text = input.options["keep"] else { return nil }
    guard let count = Int(text), count > 0 else { throw UsageError("\(Self.usage): COUNT is 1 or more") }
    return count
  }

  /// Deletes the older copies, and what earlier runs began and did not finish. Other files are left alone.
  private func prune(_ directory: String, keeping count: Int) throws -> [String] {
    // Names are moments, so their order is that of time.
    let names = try FileManager.default.contentsOfDirectory(atPath: directory).filter(Self.isCopy).sorted()
    let (unfinished, whole) = (
      names.filter { $0.hasSuffix(Self.unfinished) }, names.filter { !$0.hasSuffix(Self.unfinished) }
    )
    let surplus = unfinished + whole.dropLast(count)
    for name in surplus { try FileManager.default.removeItem(atPath: "\(directory)/\(name)") }
    return surplus
  }

  /// Whether a file is named as `stamp` names the copies.
  private static func isCopy(_ name: String) -> Bool {
    name.wholeMatch(of: /gapura-\d{4}-\d{2}-\d{2}T\d{6}\.\d{3}Z?(\.unfinished)?/) != nil
  }

  private func write(to target: String) throws {
    let files = FileManager.default
    let beginning = target + Self.unfinished
    try files.createDirectory(
      atPath: beginning, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    // The database first: a document that comes later is swept after a restore, one that is missing would be missed.
    try Store.copy(places.database, to: "\(beginning)/gapura.db", clock: clock)
    if files.fileExists(atPath: places.documents) {
      try copyDocuments(to: "\(beginning)/documents")
    }
    // Durable before it gets its name.
    sync()
    try files.moveItem(atPath: beginning, toPath: target)
  }

  /// The whole documents, as they lie sealed on the disk; what is still arriving belongs to no record yet.
  private func copyDocuments(to directory: String) throws {
    let files = FileManager.default
    try files.createDirectory(
      atPath: directory, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    for name in try files.contentsOfDirectory(atPath: places.documents) {
      try copy("\(places.documents)/\(name)", to: "\(directory)/\(name)")
    }
  }

  /// Copies the content alone: owner and times are the copy's own, which a hardened service may not change.
  private func copy(_ path: String, to target: String) throws {
    let source = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    // An erasure may have taken the document away since it was listed.
    if source < 0, errno == ENOENT { return }
    guard source >= 0 else { throw notWritten(path, lastError) }
    defer { close(source) }
    var status = stat()
    guard unsafe fstat(source, &status) == 0 else { throw notWritten(path, lastError) }
    guard status.st_mode & S_IFMT == S_IFREG else { return }
    let copy = unsafe open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard copy >= 0 else { throw notWritten(target, lastError) }
    defer { close(copy) }
    while case let count = sendfile(copy, source, nil, 1 << 30), count != 0 {
      guard count > 0 || errno == EINTR else { throw notWritten(target, lastError) }
    }
  }

  private var lastError: String { unsafe String(cString: strerror(errno)) }

  private func notWritten(_ path: String, _ reason: String) -> Problem {
    Problem(.unavailable, "backup.not-written", ["path": path, "reason": reason])
  }

  private var stamp: String {
    Date(timeIntervalSince1970: Double(clock.now.milliseconds) / 1000)
      .formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true).timeSeparator(.omitted))
  }
}
