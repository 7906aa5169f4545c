import Core
import Foundation

/// The copies that can be put back: the newest backups, and what restores have replaced.
///
/// A ring that is put back goes its own way from there: copies that were made beside the one it replaced have people whom
/// it will never know, and go with a ring of their own only.
final class KeptCopies {
  private static let replacedCountMax = 2

  private let directory: String
  private var copies: [Copy] = []
  private var nextNumber = 0
  /// The copies whose people the ring in use knows.
  private var knows: Set<Int> = []

  init(directory: String) { self.directory = directory }

  /// Takes the backup that has just been made, and the copy of the key ring that was made after it.
  func takeNewest(earlier: Books, later: Books, ring: String, rotationCount: Int) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: directory).filter { !$0.hasSuffix(".unfinished") }
    guard let newest = names.max() else { throw Finding(.lost, "a backup that was acknowledged is not there") }
    knows.insert(nextNumber)
    add(
      "\(directory)/\(newest)", earlier, later,
      Copy.Ring(path: ring, knows: knows, rotationCount: rotationCount))
  }

  /// Takes what a restore has replaced, and deletes the oldest of these, as an administrator does.
  ///
  /// - Parameters:
  ///   - books: what clients knew of it.
  ///   - ring: the one that was put back with the data; nil where the one in use stayed.
  func keep(replaced path: String, _ books: Books, by ring: Copy.Ring?, rotationCount: Int) throws {
    knows.insert(nextNumber)
    let own = ring.map { _ in Copy.Ring(path: "\(path)/keyring.db", knows: knows, rotationCount: rotationCount) }
    add(path, books, books, own)
    if let ring { knows = ring.knows }
    var surplus = copies.filter { !$0.path.hasPrefix(directory) }.dropLast(Self.replacedCountMax)
    while let copy = surplus.popFirst() {
      try FileManager.default.removeItem(atPath: copy.path)
      copies.removeAll { $0.path == copy.path }
    }
  }

  private func add(_ path: String, _ earlier: Books, _ later: Books, _ ring: Copy.Ring?) {
    copies.append(Copy(number: nextNumber, path: path, earlier: earlier, later: later, ring: ring))
    nextNumber += 1
  }

  /// One that can be put back now. A backup that was killed may have deleted older ones before.
  ///
  /// - Returns: with the ring that is put back, too, if one is.
  func draw(_ random: some RandomSource) -> (copy: Copy, ring: Copy.Ring?)? {
    copies.removeAll { $0.path.hasPrefix(directory) && !FileManager.default.fileExists(atPath: $0.path) }
    let usable = copies.filter { knows.contains($0.number) || $0.hasRing }
    guard !usable.isEmpty else { return nil }
    let copy = usable[random.below(usable.count)]
    let isNeeded = !knows.contains(copy.number)
    return (copy, isNeeded || copy.hasRing && random.below(2) == 0 ? copy.ring : nil)
  }
}

extension Copy {
  /// Copies of rings are deleted when their time is over.
  fileprivate var hasRing: Bool { ring.map { FileManager.default.fileExists(atPath: $0.path) } ?? false }
}
