import Contracts
import Core
import Documents
import FoundationEssentials
import Glibc
import Store
import Vault

/// Makes a copy of the data ready in a scratch directory, beside a copy of the key ring, and proves it there: nothing of
/// the state is changed by it.
struct Restoration {
  /// A directory that `gapura backup` wrote, or one with the state of before a restore.
  let copy: String
  /// A copy of the key ring; nil for the one in the state directory.
  let keyRing: String?
  let places: Places
  /// The same places around the scratch directory, which is there and empty.
  let scratch: Places
  let environment: [String: String]
  let rights: AdministratorRights?
  /// Whether people without a key are no reason to refuse.
  let acceptsMissingKeys: Bool

  /// What was found.
  struct Findings {
    let vault: RestoredVault
    /// nil where the module is switched off.
    let documents: (named: Int, broken: Int)?
    /// The latest time that the copy knows of.
    let latest: Instant?
    let loss: RestoreLoss
    let doubt: ClockDoubt?
    let now: Instant
    let office: Office
    /// Whom the state knows to be erased.
    let erasures: KnownErasures
    /// What was done, and how long it took.
    let steps: [(what: String, time: Duration)]
  }

  /// - Throws: `Problem` `restore.…`, `vault.…`, which say what does not fit.
  func run() async throws -> Findings {
    do { return try await prove() } catch let problem as Problem { throw problem.renaming(given) }
  }

  /// What was given for each file in the scratch directory, whose path no user knows and which is gone when it is named.
  private var given: [(String, String)] {
    [
      (scratch.keyRing, keyRing ?? places.keyRing), (scratch.database, copiedDatabase),
      (scratch.documents, "\(copy)/documents"),
    ]
  }

  private func prove() async throws -> Findings {
    var steps: [(what: String, time: Duration)] = []
    func timed<T>(_ what: String, _ body: () async throws -> T) async throws -> T {
      let began = UptimeClock().now
      let value = try await body()
      steps.append((what, UptimeClock().now - began))
      return value
    }
    try await timed("copied", copyAll)
    try await timed("database and key ring read page by page", examine)
    // A copy is the latest state of its own; what has come since is said from the journal.
    for file in [scratch.database, scratch.keyRing] { try explained(file) { try Store.trustCopy(file) } }
    let (latest, loss) = try explained(copiedDatabase) { try compare() }
    let erasures = KnownErasures(data: places.database, keyRing: places.keyRing)
    let composition = try await timed("tables brought up to date") {
      try explained(keyRing ?? places.keyRing) {
        try erasures.prepareRing(at: scratch.keyRing, clock: SystemClock(), log: SilentLog())
      }
      return try await compose()
    }
    do {
      let proof = try await timed("keys, erasures and ledger") {
        try await composition.services.require(Vault.self).proveRestored(acceptingMissingKeys: acceptsMissingKeys)
      }
      let documents = try await timed("documents read to their ends") { try await proveDocuments(composition) }
      let (now, doubt) = (composition.clock.now, composition.clock.doubt)
      await close(composition)
      try await timed("logs carried into the files", settleLogs)
      return Findings(
        vault: proof, documents: documents, latest: latest, loss: loss, doubt: doubt, now: now,
        office: composition.office,
        erasures: erasures, steps: steps)
    } catch {
      await close(composition)
      throw error
    }
  }

  private func proveDocuments(_ composition: Composition) async throws -> (named: Int, broken: Int)? {
    let module = composition.modules.compactMap { $0 as? DocumentsModule }.first
    try await module?.discardUnnamedFiles()
    return try await module?.proveFiles()
  }

  private func settleLogs() throws {
    for file in [scratch.database, scratch.keyRing] {
      try explained(file) { try Store.settleLog(of: file) }
    }
  }

  private var copiedDatabase: String { "\(copy)/gapura.db" }

  private func compose() async throws -> Composition {
    do {
      return try await Composition.build(
        places: scratch, environment: environment, log: StandardErrorLog(least: .warning), rights: rights,
        mayUpgrade: true, rootKeyOf: places.state)
    } catch let error as StoreError {
      throw problem(copiedDatabase, error)
    }
  }

  private func close(_ composition: Composition) async {
    composition.services.require(Vault.self).close()
    await composition.stop()
  }

  private func copyAll() throws {
    let copier = FileCopier(rights: rights) { path, error in .restoreNotWritten(path, error) }
    guard !copy.hasSuffix(BackupCommand.unfinished) else {
      throw Problem(.invalid, "restore.unfinished-copy", ["path": copy])
    }
    guard try copyDatabase(copiedDatabase, to: scratch.database, copier) else { throw noCopy() }
    try copier.copyFiles(of: "\(copy)/documents", to: scratch.documents)
    if let keyRing {
      guard try copyDatabase(keyRing, to: scratch.keyRing, copier) else {
        throw Problem(.notFound, "restore.no-ring", ["path": keyRing])
      }
    } else {
      guard unsafe access(places.keyRing, F_OK) == 0 else {
        throw Problem(.notFound, "restore.no-ring", ["path": places.keyRing])
      }
      // A drill may find the service at work on it.
      try explained(places.keyRing) {
        try Store.copy(places.keyRing, to: scratch.keyRing)
      }
    }
  }

  /// An administrator who names the directory in which the copies are is told which of them is the newest.
  private func noCopy() -> Problem {
    let copies = (try? rights.use { BackupCommand.copies(in: copy) }) ?? []
    guard let newest = copies.last else { return Problem(.notFound, "restore.no-copy", ["path": copiedDatabase]) }
    return Problem(
      .notFound, "restore.many-copies",
      ["path": copy, "count": String(copies.count), "newest": "\(copy)/\(newest)"])
  }

  /// With the log that lies beside it: in the state of before a restore it holds what was written last.
  private func copyDatabase(_ file: String, to target: String, _ copier: FileCopier) throws -> Bool {
    guard try copier.copy(file, to: target) else { return false }
    for suffix in StateSwap.logSuffixes where suffix != "-shm" { try copier.copy(file + suffix, to: target + suffix) }
    return true
  }

  private func examine() throws {
    try explained(copiedDatabase) { try Store.examine(scratch.database) }
    try explained(keyRing ?? places.keyRing) { try Store.examine(scratch.keyRing) }
  }

  private func compare() throws -> (latest: Instant?, loss: RestoreLoss) {
    try Store.peek(at: scratch.database) { snapshot in
      let last = try snapshot.latestEvent()
      let latest = [last?.instant, try snapshot.clockReading()?.wall].compactMap { $0 }.max()
      return (latest, RestoreLoss(of: places.database, after: last))
    }
  }

  private func explained<T>(_ path: String, _ body: () throws -> T) throws -> T {
    do { return try body() } catch let error as StoreError { throw problem(path, error) }
  }

  /// Names the file that was given, and not its copy in the scratch directory.
  private func problem(_ path: String, _ error: StoreError) -> Problem {
    switch error {
    case .corrupt, .notOurs, .unprotected:
      // An older copy of the data does not help against a damaged ring.
      path == places.keyRing
        ? Problem(.invalid, "restore.ring-damaged", ["path": path, "copy": copy])
        : Problem(.invalid, "restore.damaged", ["path": path])
    case .full: .restoreNotWritten(scratch.state, ENOSPC, reason: "\(error)")
    default: Problem(.unavailable, "restore.unusable", ["path": path, "reason": "\(error)"])
    }
  }
}

extension Problem {
  /// The same problem, with other names for the files that it names.
  fileprivate func renaming(_ names: [(String, String)]) -> Problem {
    with(arguments.mapValues { text in names.reduce(text) { $0.replacing($1.0, with: $1.1) } })
  }
}

/// What the state has had since the copy was made, by the journal's kinds: it tells of every module and opens nothing.
enum RestoreLoss {
  case nothingThere
  case unreadable
  /// The two have no common history up to the copy.
  case otherHistory
  /// The journal does not go back to the copy any more.
  case longAgo
  case events([(kind: String, count: Int)], GivenSince)

  init(of database: String, after last: (sequence: Int64, instant: Instant)?) {
    guard unsafe access(database, F_OK) == 0 else {
      self = .nothingThere
      return
    }
    let found = try? Store.peek(at: database) { snapshot -> RestoreLoss in
      // Another command, such as `vault recover`, has made an empty one.
      guard try snapshot.latestEvent() != nil else { return .nothingThere }
      let sequence = last?.sequence ?? 0
      let removed = try snapshot.lastRemovedEvent()
      guard removed == 0 || removed < sequence else { return .longAgo }
      if let last, try snapshot.instant(ofEvent: last.sequence) != last.instant { return .otherHistory }
      return .events(
        try snapshot.eventCounts(after: sequence), try GivenSince(after: sequence, in: snapshot))
    }
    self = found ?? .unreadable
  }

  /// What is said of it.
  func lines(isDrill: Bool, zone: OfficeZone, today: CivilDate) -> [String] {
    switch self {
    case .nothingThere: ["there is no present database to compare with: no data was here before"]
    case .unreadable: ["what has come since cannot be said: the present database cannot be read", Self.givenAgain]
    case .otherHistory:
      ["what has come since cannot be said: the present database does not go on from this copy", Self.givenAgain]
    case .longAgo:
      [
        "what has come since cannot be said: the copy is older than what the journal keeps (journal in gapura.json5)",
        Self.givenAgain,
      ]
    case .events(let counts, _) where counts.isEmpty: ["nothing has come since"]
    case .events(let counts, let given):
      ["\(isDrill ? "would be missing" : "missing"), by the number of events since then:"]
        + counts.map { "  \($0.count) \($0.kind)" } + given.lines(isDrill: isDrill, zone: zone, today: today)
    }
  }

  private static let givenAgain =
    "queue numbers and appointments that were given after the copy are given again, to others: look for their holders"
}
