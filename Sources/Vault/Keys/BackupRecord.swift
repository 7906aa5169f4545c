public import Core
import FoundationEssentials
import Glibc

/// When the last whole copies were made, in small files in the state directory: so a server knows whether copies are made.
public struct BackupRecord: Sendable {
  /// What is copied, each to a place of its own.
  public enum Kind: String, CaseIterable, Sendable {
    /// The database, with the documents beside it.
    case data
    /// The file of the data keys, which is copied apart from the data that they open.
    case keyRing = "ring"
  }

  private let state: String

  /// - Parameter state: the state directory.
  public init(state: String) { self.state = state }

  /// Keeps the moment. One that cannot be written is missed by health alone.
  public func note(_ kind: Kind, at moment: Instant) {
    // Under a name of its own, and not one by chance: what a kill leaves of it is written over the next time.
    let draft = file(kind) + ".new"
    guard (try? Data("\(moment.milliseconds)\n".utf8).write(to: URL(filePath: draft))) != nil else { return }
    try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: draft)
    unsafe _ = rename(draft, file(kind))
  }

  /// nil where none was ever made, or nothing can be read.
  public func last(_ kind: Kind) -> Instant? {
    guard let data = try? Data(contentsOf: URL(filePath: file(kind))) else { return nil }
    return Int64(String(decoding: data, as: UTF8.self).prefix { $0.isNumber }).map(Instant.init(milliseconds:))
  }

  private func file(_ kind: Kind) -> String { "\(state)/last-backup.\(kind.rawValue)" }
}
