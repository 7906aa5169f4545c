import Core
import Crypto
import FoundationEssentials
import Glibc
import Store

/// Copies of the key ring in a directory of their own, kept for a short time: the shorter, the sooner an erasure has
/// reached every backup.
struct RingBackup: Sendable {
  let directory: String
  /// How many days a copy is kept.
  let keptDays: Int
  /// The zone whose calendar day stands in the name.
  let zone: OfficeZone

  private static let prefix = "keyring-"
  private static let suffix = ".db"
  /// Stands before each moment at which a copy was seen that was from a day still to come.
  private static let seenMark: Character = "+"

  /// A copy, by its name: `keyring-DATE-MOMENT.db`, with `+MOMENT` for each time it was seen before its own had come.
  private struct Copy {
    let name: String
    /// Its own, and those at which it was seen.
    let moments: [Instant]

    /// nil for another file.
    init?(_ name: String) {
      guard name.hasPrefix(RingBackup.prefix), name.hasSuffix(RingBackup.suffix) else { return nil }
      let parts = name.dropFirst(RingBackup.prefix.count).dropLast(RingBackup.suffix.count).split(separator: "-")
      guard parts.count == 4 else { return nil }
      let written = parts[3].split(separator: RingBackup.seenMark)
      let moments = written.compactMap { Int64($0) }.map(Instant.init(milliseconds:))
      guard !moments.isEmpty, moments.count == written.count else { return nil }
      self.name = name
      self.moments = moments
    }

    /// The moment from which it counts: the latest of its moments that has come; nil where none has.
    func counts(at now: Instant) -> Instant? { moments.filter { !$0.isYetToCome(at: now) }.max() }

    /// The earliest at which it can have been made.
    var made: Instant? { moments.min() }

    /// Its name once it was seen at that moment.
    func seen(_ moment: Instant) -> String {
      "\(name.dropLast(RingBackup.suffix.count))\(RingBackup.seenMark)\(moment.milliseconds)\(RingBackup.suffix)"
    }
  }

  /// What a run has done.
  struct Outcome: Sendable {
    /// The new copy.
    let path: String
    /// Copies from a day that is still to come.
    var marked: [(old: String, new: String)] = []
    var deleted: [String] = []
    /// Why nothing was deleted.
    let doubt: ClockDoubt?
  }

  /// Writes a copy named after the moment and deletes those that are older than they may be, unless the date is in doubt: a
  /// copy that is deleted is keys that never come back. The ring is only read.
  ///
  /// - Throws: `StoreError`; `Problem` `vault.key-ring-unusable`.
  func run(_ ring: KeyRingFiles, by clock: any WallClock) throws -> Outcome {
    let (now, doubt) = (clock.now, clock.doubt)
    try makeDirectory()
    let path = "\(directory)/\(name(now))"
    try Store.requireEveryCommit(of: ring.file)
    do {
      try Store.copy(ring.file, to: path)
    } catch StoreError.full {
      throw unusable(directory, "no room is left on its disk")
    }
    var outcome = Outcome(path: path, doubt: doubt)
    guard doubt == nil else { return outcome }
    outcome.marked = try markUntimely(now: now)
    outcome.deleted = try prune(now: now)
    return outcome
  }

  private func name(_ moment: Instant) -> String {
    "\(Self.prefix)\(zone.date(of: moment))-\(moment.milliseconds)\(Self.suffix)"
  }

  private func makeDirectory() throws {
    do {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      let code = ((error as? CocoaError)?.underlying as? POSIXError)?.code.rawValue ?? EIO
      throw unusable(directory, unsafe String(cString: strerror(code)))
    }
  }

  /// Copies from a day that is still to come were made while the date was wrong, and would never go: they count as made
  /// now, each at a moment of its own, in their order. Where it is the date of now that is wrong, and was believed, they
  /// are all of them: so each keeps its own moment too, and is as old as it is once that has come.
  private func markUntimely(now: Instant) throws -> [(old: String, new: String)] {
    let future = try copies().filter { $0.counts(at: now) == nil }
    return try future.enumerated().map { place, copy in
      let new = copy.seen(now - .milliseconds(future.count - place))
      guard unsafe rename("\(directory)/\(copy.name)", "\(directory)/\(new)") == 0 else {
        throw unusable("\(directory)/\(copy.name)", RootKeyFile.lastError())
      }
      return (copy.name, new)
    }
  }

  /// Deletes the copies whose time is over. Other files are left alone.
  private func prune(now: Instant) throws -> [String] {
    let oldest = now - .hours(24 * keptDays)
    return try copies().filter { $0.counts(at: now) ?? now < oldest }.map(\.name).filter { name in
      guard unsafe unlink("\(directory)/\(name)") == 0 else {
        throw unusable("\(directory)/\(name)", RootKeyFile.lastError())
      }
      return true
    }
  }

  /// The copies, the oldest first.
  private func copies() throws -> [Copy] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: directory)
    } catch {
      throw unusable(directory, "cannot be listed")
    }
    return names.compactMap { Copy($0) }.sorted { $0.moments[0] < $1.moments[0] }
  }

  private func unusable(_ path: String, _ reason: String) -> Problem {
    Problem(.unavailable, "vault.key-ring-unusable", ["path": path, "reason": reason])
  }

  /// When the copy of that name was made, as far as is known: not later than it was seen; nil for another file.
  static func moment(of name: String) -> Instant? { Copy(name)?.made }
}
