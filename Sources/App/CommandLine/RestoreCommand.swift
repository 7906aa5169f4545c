import Contracts
import Core
import FoundationEssentials
import Glibc
import Store
import Vault

/// `gapura restore`: puts a copy of the data in the place of what the state directory has, once it is proven; or with
/// `--drill` only proves it, elsewhere, while the server runs.
struct RestoreCommand {
  static let usage =
    "usage: gapura restore COPY [--ring FILE|DIRECTORY] [--drill] [--force] [--confirm]\n"
    + "The nightly copies are in /var/lib/gapura-backup/data, and those of the key ring in /var/lib/gapura-backup/ring."

  /// Starts what `systemctl stop 'gapura*'` has stopped, or what has failed: systemd refuses for a while what was started again
  /// and again, and forgets that first. The patterns are every kiosk and display that is enabled on this machine.
  static let start =
    "systemctl reset-failed 'gapura*'\n"
    + "systemctl start --all gapura.socket gapura.service gapura-backup.timer 'gapura-kiosk@*' 'gapura-display@*'"
  /// The last lines of a command after which the service is to be started.
  static let startLines = ["start what was stopped:"] + start.split(separator: "\n").map { "  \($0)" }

  let input: CommandLineInput
  let places: Places
  let environment: [String: String]

  /// - Throws: `UsageError`; `Problem` `restore.…`, `state.…`, `vault.…`, after which nothing has changed.
  func run() async throws -> ExitCode {
    let known = Places.options.union(["ring", "drill", "force", "confirm"])
    guard input.words.count == 2, input.options.keys.allSatisfy(known.contains), input.options["ring"] != "" else {
      throw UsageError(Self.usage)
    }
    let rights = try StateOwner.become(ownerOf: places.state)
    for line in try await input.options["drill"] == nil ? restore(rights) : drill(rights) { print(line) }
    return .ok
  }

  private func restore(_ rights: AdministratorRights?) async throws -> [String] {
    try places.prepareState()
    try places.requirePrivateState()
    let lock = try StateLock.take(.alone, of: places.state)
    defer { withExtendedLifetime(lock) {} }
    let swap = StateSwap(state: places.state)
    // After the decision there is no scratch directory any more.
    defer { swap.discardUnfinished() }
    let restoration = try restoration(in: swap.scratch, rights)
    let found = try await restoration.run()
    try checkDocuments(found)
    try checkErasures(found)
    if restoration.keyRing == nil {
      // The ring stays. Were the rest killed, what this changes would do the present data no harm.
      try found.erasures.prepareRing(at: places.keyRing, clock: SystemClock(), log: SilentLog())
      for file in ["keyring.db", "keyring.db" + Store.witnessSuffix] {
        try FileManager.default.removeItem(atPath: "\(swap.scratch)/\(file)")
      }
    }
    let kept = ReplacedRing.directoryPrefix + found.now.inNames
    let isKept = try swap.commit(keptAs: kept)
    return ["restored: " + age(found)] + missing(found, isDrill: false) + proof(found)
      + (isKept ? ["what was there is kept in \(places.state)/\(kept)"] : [])
      + Self.startLines
  }

  private func drill(_ rights: AdministratorRights?) async throws -> [String] {
    // Without a state there is no process to keep out, and nothing to compare with.
    let lock = unsafe access(places.state, F_OK) == 0 ? try StateLock.take(.beside, of: places.state) : nil
    defer { withExtendedLifetime(lock) {} }
    let scratch = FileManager.default.temporaryDirectory.path + "/gapura-drill-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    let found = try await restoration(in: scratch, rights).run()
    try checkDocuments(found)
    return ["drill passed: " + age(found)] + missing(found, isDrill: true) + proof(found)
      + found.steps.map { "  \(Self.seconds($0.time))  \($0.what)" }
      + ["\(Self.seconds(found.steps.map(\.time).reduce(.zero, +))) in all; nothing was changed"]
  }

  private func restoration(in scratch: String, _ rights: AdministratorRights?) throws -> Restoration {
    guard unsafe mkdir(scratch, 0o700) == 0 else { throw Problem.restoreNotWritten(scratch, errno) }
    var options = input.options
    options["state"] = scratch
    options["cache"] = "\(scratch)/cache"
    return Restoration(
      copy: input.words[1].withoutSlash, keyRing: try keyRing(rights), places: places,
      scratch: Places(options: options, environment: environment), environment: environment, rights: rights,
      acceptsMissingKeys: input.options["force"] != nil)
  }

  /// The copy of the key ring that was named, or the newest one in the directory that was.
  private func keyRing(_ rights: AdministratorRights?) throws -> String? {
    guard let path = input.options["ring"]?.withoutSlash else { return nil }
    return try rights.use {
      var status = stat()
      let isDirectory = unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      guard let file = isDirectory ? KeyRingCopies.newest(in: path) : path else {
        throw Problem(.notFound, "restore.no-ring", ["path": path])
      }
      return file
    }
  }

  private func checkDocuments(_ found: Restoration.Findings) throws {
    guard let documents = found.documents, documents.broken > 0, input.options["force"] == nil else { return }
    throw Problem(
      .invalid, "restore.documents-broken",
      ["path": input.words[1], "count": String(documents.broken), "total": String(documents.named)])
  }

  private func checkErasures(_ found: Restoration.Findings) throws {
    guard found.vault.needsConfirmation, input.options["confirm"] == nil else { return }
    throw Problem(
      .conflict, "restore.many-erasures",
      ["count": String(found.vault.againCount), "total": String(found.vault.peopleCount)])
  }

  private func missing(_ found: Restoration.Findings, isDrill: Bool) -> [String] {
    let zone = found.office.zone
    return found.loss.lines(isDrill: isDrill, zone: zone, today: zone.date(of: found.now))
  }

  private func age(_ found: Restoration.Findings) -> String {
    guard let latest = found.latest else { return "the copy has no data yet" }
    return "the data is from \(found.office.zone.timestamp(latest))"
  }

  private func proof(_ found: Restoration.Findings) -> [String] {
    let (vault, documents) = (found.vault, found.documents)
    var lines = ["ledger intact: \(vault.ledgerEntryCount) entries, \(vault.signedHeadCount) signed heads"]
    if let documents {
      lines.append(
        "\(documents.named) documents"
          + (documents.broken == 0 ? ", all opened" : ", \(documents.broken) of them missing or damaged"))
    }
    if vault.keylessCount > 0 {
      lines.append("\(vault.keylessCount) people have no key in the key ring: their data stays closed")
    }
    if vault.replayedCount + vault.destroyedCount > 0 {
      lines.append("\(vault.replayedCount) people erased again; \(vault.destroyedCount) keys destroyed again")
    }
    if let doubt = found.doubt { lines += [doubt.report, "if the date is right: gapura clock trust, after the start"] }
    return lines
  }

  private static func seconds(_ time: Duration) -> String {
    let tenths = (time.milliseconds + 50) / 100
    return "\(tenths / 10).\(tenths % 10) s"
  }
}

extension String {
  /// A directory's path as it is put before a file's name.
  fileprivate var withoutSlash: String { count > 1 && hasSuffix("/") ? String(dropLast()) : self }
}
