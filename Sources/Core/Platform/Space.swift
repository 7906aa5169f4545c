internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#endif

/// How much room there is on the disk that holds the state, and which uses still get some of it.
///
/// When room grows short, what takes much and can wait is refused first: files that people send, then applications and other
/// forms. The hall's numbers and calls are never refused here; a reserve is kept for them.
public final class Space: Sendable {
  /// Bytes.
  public struct Thresholds: Sendable, Equatable {
    /// Below this no file is taken.
    public var uploads: Int64
    /// Below this no application is taken, nor any other form of the public.
    public var applications: Int64
    /// What is given up for the hall when nothing else is left.
    public var reserve: Int64

    /// The three limits, in bytes.
    public init(uploads: Int64, applications: Int64, reserve: Int64) {
      self.uploads = uploads
      self.applications = applications
      self.reserve = reserve
    }
  }

  /// What gives way when room grows short.
  public enum Use: Sendable { case upload, application }

  /// How it stands.
  public enum Standing: Int, Sendable, Comparable {
    /// There is room.
    case ample
    /// Soon no file is taken: less than twice that floor is left.
    case low
    /// No file is taken.
    case withoutUploads
    /// No application is taken either.
    case withoutApplications
    /// The reserve has been given up.
    case emergency
    /// Nothing is left of it either: pages are read.
    case full
    /// The file system takes no writes: pages are read.
    case readOnly

    /// The better standing is less.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// A disk in use below this has room for nothing: the reserve is given up.
  static let emergency: Int64 = 8 << 20
  /// Below this not even a number is given.
  static let nothing: Int64 = 256 << 10

  /// The limits that hold here.
  public let thresholds: Thresholds
  private let directory: String
  /// The file that holds the reserve.
  private let reserveFile: String
  private let hasGivenUp = Mutex(false)
  /// Whether there was no reserve any more when it was to be given up, as after a start on a full disk.
  private let hadNone = Mutex(false)

  /// - Parameter directory: where the state lies.
  public init(_ directory: String, thresholds: Thresholds) {
    self.directory = directory
    self.thresholds = thresholds
    reserveFile = "\(directory)/reserve"
  }

  /// What is free for us, in bytes; nil where the file system does not say.
  public var free: Int64? {
    var status = statvfs()
    guard unsafe statvfs(directory, &status) == 0 else { return nil }
    return Int64(clamping: UInt64(status.f_bavail) &* UInt64(status.f_frsize))
  }

  /// Whether the file system takes no writes: it was mounted so, or the kernel has met errors on it.
  public var isReadOnly: Bool {
    var status = statvfs()
    return unsafe statvfs(directory, &status) == 0 && status.f_flag & UInt(ST_RDONLY) != 0
  }

  /// How it stands now, by asking the file system.
  public var standing: Standing {
    if isReadOnly { return .readOnly }
    let (free, hasGivenUp) = (free, hasGivenUp.withLock { $0 })
    if hasGivenUp, let free, free < Self.nothing { return .full }
    if hasGivenUp { return .emergency }
    guard let free else { return .ample }
    if free < thresholds.applications { return .withoutApplications }
    if free < thresholds.uploads { return .withoutUploads }
    return free < 2 * thresholds.uploads ? .low : .ample
  }

  /// Lets a use that gives way go on, unless room has grown short.
  ///
  /// - Throws: `Problem` `space.uploads`, `space.applications`, `space.full`, `space.read-only`.
  public func allow(_ use: Use) throws(Problem) {
    let standing = standing
    if let problem = standing.problem { throw problem }
    switch use {
    case .upload where standing >= .withoutUploads: throw Problem(.unavailable, "space.uploads")
    case .application where standing >= .withoutApplications: throw Problem(.unavailable, "space.applications")
    case .upload, .application: break
    }
  }

  /// The reason behind a refusal: where nothing can be written, waiting a little does not help.
  ///
  /// - Parameter problem: what was met; each other than `unavailable` names its own reason.
  public func reason(of problem: Problem) -> Problem {
    problem.code == "unavailable" ? standing.problem ?? problem : problem
  }

  /// What a sysadmin is told; nil while there is ample room.
  public var report: String? {
    let left = free.map { "\($0 >> 20) MB free" } ?? "unknown room"
    return switch standing {
    case .ample: nil
    case .low: "the disk fills up (\(left)); below \(thresholds.uploads >> 20) MB no files are taken"
    case .withoutUploads: "the disk is nearly full (\(left)); no files are taken; make room in \(directory)"
    case .withoutApplications: "the disk is nearly full (\(left)); only numbers and calls go on; \(mend)"
    case .emergency where hadNone.withLock({ $0 }):
      "the disk is full (\(left)) and there is no reserve; numbers and calls go on with what is left; \(mend)"
    case .emergency: "the disk is full (\(left)); numbers and calls live on the reserve; \(mend)"
    case .full: "the disk is full (\(left)) and the reserve used up: pages are only read; \(mend)"
    case .readOnly:
      "the file system lets nobody write: pages are only read; look for its errors with dmesg, then "
        + "mount -o remount,rw \(MountPoint.holding(directory)), then systemctl restart gapura"
    }
  }

  private var mend: String { "make room at once on the disk of \(directory)" }

  // MARK: The reserve

  /// Gives the reserve up when hardly any room is left, and lays it up again once there is enough besides.
  ///
  /// - Returns: whether it was given up, or laid up again, just now.
  @discardableResult
  public func keepReserve() -> Bool {
    guard let free else { return false }
    if free < Self.emergency { return giveUpReserve() }
    guard free > thresholds.applications + thresholds.reserve + Self.emergency else { return false }
    let wasGivenUp = hasGivenUp.withLock { hasGivenUp in
      defer { hasGivenUp = false }
      return hasGivenUp
    }
    layUpReserve()
    return wasGivenUp
  }

  /// Takes the reserve's room for what cannot wait.
  ///
  /// - Returns: whether there was any.
  @discardableResult
  public func giveUpReserve() -> Bool {
    let isGone = unsafe unlink(reserveFile) == 0
    let isFirst = hasGivenUp.withLock { hasGivenUp in
      defer { hasGivenUp = true }
      return !hasGivenUp
    }
    if isFirst { hadNone.withLock { $0 = !isGone } }
    return isGone
  }

  private func layUpReserve() {
    var status = stat()
    if unsafe stat(reserveFile, &status) == 0, Int64(status.st_size) == thresholds.reserve { return }
    let file = unsafe open(reserveFile, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { return }
    defer { close(file) }
    if ftruncate(file, 0) != 0 || posix_fallocate(file, 0, off_t(thresholds.reserve)) != 0 {
      unsafe unlink(reserveFile)
    }
  }
}

extension Space.Standing {
  /// Why nothing at all can be written; nil where something can.
  fileprivate var problem: Problem? {
    switch self {
    case .readOnly: Problem(.unavailable, "space.read-only")
    case .full: Problem(.unavailable, "space.full")
    case .ample, .low, .withoutUploads, .withoutApplications, .emergency: nil
    }
  }
}
