import Core
import FoundationEssentials
import Glibc
import Store

/// The key ring that stood in the state directory before a restore put another one there. It is a copy like any other,
/// and goes after as many days, so that an erasure reaches it.
public enum ReplacedRing {
  /// What a directory with the state of before a restore is called, up to the day of the restore, `YYYY-MM-DD`.
  public static let directoryPrefix = "before-restore-"

  /// Stands before each day on which a directory was seen whose own was still to come.
  private static let mark: Character = "+"

  /// Deletes those whose time is over. One from a day that is still to come was replaced while the date was wrong, and would
  /// stay for years: it counts as replaced today, which is added to its directory's name. Its own day holds once it has come:
  /// today's date may be the one that is wrong.
  ///
  /// - Returns: the names of the directories in which they lay.
  static func forget(in state: String, keptDays: Int, on today: CivilDate) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: state)) ?? []
    return names.sorted().filter { name in
      guard name.hasPrefix(directoryPrefix),
        let day = CivilDate(iso: String(name.dropFirst(directoryPrefix.count).prefix(10)))
      else { return false }
      let seen = name.split(separator: mark).dropFirst().compactMap { CivilDate(iso: String($0)) }
      guard let counted = ([day] + seen).filter({ $0 <= today.adding(days: 1) }).max() else {
        // Another one of that name lies there: then it is tried again tomorrow.
        _ = unsafe rename("\(state)/\(name)", "\(state)/\(name)\(mark)\(today)")
        return false
      }
      guard counted.adding(days: keptDays) < today else { return false }
      let file = KeyRingFiles(directory: "\(state)/\(name)").file
      return ["", "-wal", "-shm", "-journal", Store.witnessSuffix].map { unsafe unlink(file + $0) == 0 }.contains(true)
    }
  }
}
