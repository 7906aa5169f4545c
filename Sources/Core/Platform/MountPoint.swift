internal import FoundationEssentials

#if canImport(Glibc)
  internal import Glibc
#endif

/// Which mounted file system holds a path, by `/proc/self/mountinfo` (proc_pid_mountinfo(5)).
public enum MountPoint {
  /// One line of the file.
  private struct Mount {
    let device: Substring
    /// Which directory of the file system is mounted.
    let root: [String]
    let point: [String]
    let isReadOnly: Bool

    /// `36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue`
    init?(_ line: Substring) {
      let fields = line.split(separator: " ")
      guard fields.count > 5 else { return nil }
      device = fields[2]
      root = MountPoint.steps(MountPoint.decoded(fields[3]))
      point = MountPoint.steps(MountPoint.decoded(fields[4]))
      isReadOnly = fields[5].split(separator: ",").contains("ro")
    }
  }

  /// Where the file system with a path is mounted, which is what `mount -o remount` takes; the path itself where that
  /// is not known.
  public static func holding(_ path: String) -> String {
    guard let table = FileManager.default.contents(atPath: "/proc/self/mountinfo") else { return path }
    return holding(real(path), in: String(decoding: table, as: UTF8.self)) ?? path
  }

  /// - Parameter path: without links and dots in it.
  static func holding(_ path: String, in table: String) -> String? {
    let mounts = table.split(separator: "\n").compactMap(Mount.init)
    let steps = steps(path)
    // The longest way to it, and of several at one place the one that lies on top.
    let above = mounts.reversed().filter { steps.starts(with: $0.point) }
    guard let nearest = above.max(by: { $0.point.count < $1.point.count }) else { return nil }
    // A unit has its directories bound onto themselves: the file system is mounted further up, and there it is mended.
    // Where only what was bound cannot be written, that is what is to be mended.
    let inside = nearest.root + steps.dropFirst(nearest.point.count)
    let whole = mounts.filter { $0.device == nearest.device && inside.starts(with: $0.root) }
      .min { $0.root.count < $1.root.count }
    let mount = nearest.isReadOnly ? nearest : whole ?? nearest
    return "/" + mount.point.joined(separator: "/")
  }

  private static func steps(_ path: String) -> [String] { path.split(separator: "/").map(String.init) }

  /// Without the octal escapes of spaces, tabs, line ends and backslashes.
  private static func decoded(_ field: Substring) -> String {
    let parts = field.utf8.split(separator: UInt8(ascii: "\\"), omittingEmptySubsequences: false)
    var bytes = Array(parts[0])
    for part in parts.dropFirst() {
      guard let byte = UInt8(String(decoding: part.prefix(3), as: UTF8.self), radix: 8) else { continue }
      bytes.append(byte)
      bytes += part.dropFirst(3)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func real(_ path: String) -> String {
    guard let resolved = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}
