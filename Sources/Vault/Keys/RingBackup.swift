import Core
import FoundationEssentials
import Glibc
import Store

/// Copies of the key ring in a directory of their own, kept for a short time: the shorter, the sooner an erasure has
/// reached every backup.
struct RingBackup: Sendable {
  let directory: String
  /// For how many days a copy is kept.
  let keptDays: Int
  /// Whose calendar day stands in the name.
  let zone: OfficeZone

  private static let prefix = "keyring-"
  private static let suffix = ".db"

  /// Writes a copy named after the moment and deletes those that are older than they may be. The ring is only read.
  ///
  /// - Throws: `StoreError`; `Problem` `vault.key-ring-unusable`.
  func run(_ ring: KeyRingPlace, now: Instant) throws -> (path: String, deleted: [String]) {
    let path = "\(directory)/\(Self.prefix)\(zone.date(of: now))-\(now.milliseconds)\(Self.suffix)"
    try Store.requireEveryCommit(of: ring.file)
    try Store.copy(ring.file, to: path)
    return (path, try prune(now: now))
  }

  /// Deletes the copies whose time is over. Other files are left alone.
  func prune(now: Instant) throws -> [String] {
    let oldest = now - .hours(24 * keptDays)
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: directory)
    } catch {
      throw Problem(.unavailable, "vault.key-ring-unusable", ["path": directory, "reason": "cannot be listed"])
    }
    return try names.sorted().filter { name in
      guard let made = Self.moment(of: name), made < oldest else { return false }
      guard unsafe unlink("\(directory)/\(name)") == 0 else {
        throw Problem(
          .unavailable, "vault.key-ring-unusable",
          ["path": "\(directory)/\(name)", "reason": RootKeyFile.lastError()])
      }
      return true
    }
  }

  /// When the copy of that name was made; nil for another file.
  static func moment(of name: String) -> Instant? {
    guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return nil }
    let parts = name.dropFirst(prefix.count).dropLast(suffix.count).split(separator: "-")
    guard parts.count == 4, let last = parts.last else { return nil }
    return Int64(last).map(Instant.init(milliseconds:))
  }
}
