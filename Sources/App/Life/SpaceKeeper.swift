import Core
import Synchronization

/// Looks at the room on the disk, keeps the reserve, and says when it grows short or is ample again.
final class SpaceKeeper: Sendable {
  private let space: Space
  private let log: any Log
  private let say: @Sendable () -> Void
  /// Called when the state, which could only be read, can be written; nil where it could be from the start.
  private let writable: (@Sendable () -> Void)?
  private let told = Mutex(Space.Standing.ample)
  private let periodic = Periodic(every: .seconds(2))

  /// - Parameter say: tells the service manager that something has changed.
  init(
    space: Space, log: any Log, whenWritable writable: (@Sendable () -> Void)? = nil,
    say: @escaping @Sendable () -> Void
  ) {
    self.writable = writable
    self.space = space
    self.log = log
    self.say = say
  }

  func start() {
    periodic.start { [self] in
      space.keepReserve()
      tell()
      if let writable, !space.isReadOnly { writable() }
    }
  }

  func stop() async { await periodic.stop() }

  private func tell() {
    let standing = space.standing
    let isNews = told.withLock { told in
      defer { told = standing }
      return told != standing
    }
    guard isNews else { return }
    if let report = space.report {
      log.record(standing >= .withoutApplications ? .error : .warning, "room on the disk", [("space.report", report)])
    } else {
      log.notice("there is ample room on the disk again")
    }
    say()
  }
}
