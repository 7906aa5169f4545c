import Core
import Foundation

/// The copies that can be put back: the newest backups, and what restores have replaced.
final class CopyShelf {
  private static let replacedCountMax = 2

  private let directory: String
  private var copies: [Copy] = []

  init(directory: String) { self.directory = directory }

  /// Takes the backup that has just been made.
  func takeNewest(earlier: Books, later: Books) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: directory).filter { !$0.hasSuffix(".unfinished") }
    guard let newest = names.max() else { throw Finding(.lost, "a backup that was acknowledged is not there") }
    copies.append(Copy(path: "\(directory)/\(newest)", earlier: earlier, later: later))
    // What `--keep` has deleted.
    copies.removeAll { $0.path.hasPrefix(directory) && !FileManager.default.fileExists(atPath: $0.path) }
  }

  /// Takes what a restore has replaced, and deletes the oldest of these, as an administrator does.
  func keep(_ replaced: Copy) throws {
    copies.append(replaced)
    var surplus = copies.filter { !$0.path.hasPrefix(directory) }.dropLast(Self.replacedCountMax)
    while let copy = surplus.popFirst() {
      try FileManager.default.removeItem(atPath: copy.path)
      copies.removeAll { $0.path == copy.path }
    }
  }

  func draw(_ random: some RandomSource) -> Copy? { copies.isEmpty ? nil : copies[random.below(copies.count)] }
}
