import Core
import Store
import Synchronization

/// Keeps the latest time that was believed in the store, so that the next start knows it, and says when the date is in
/// doubt.
final class ClockKeeper: Sendable {
  /// How much of what has been may be forgotten by a power cut.
  private static let keepInterval = Duration.seconds(60)
  private static let reviewInterval = Duration.seconds(10)

  private let clock: TrustedClock
  private let store: Store
  private let work: RegularWork
  private let log: any Log
  /// Tells the service manager that something has changed.
  private let say: @Sendable () -> Void
  private let told = Mutex<ClockDoubt?>(nil)
  private let keptAt = Mutex<Instant?>(nil)
  private let periodic = Periodic(every: ClockKeeper.reviewInterval)

  init(
    clock: TrustedClock, store: Store, work: RegularWork, log: any Log, say: @escaping @Sendable () -> Void
  ) {
    self.clock = clock
    self.work = work
    self.store = store
    self.log = log
    self.say = say
  }

  func start() {
    periodic.start { [self] in
      let reading = clock.review()
      tell()
      guard let reading, isDue(reading) else { return }
      await keep(reading)
      keptAt.withLock { $0 = reading.uptime }
    }
  }

  private func isDue(_ reading: ClockReading) -> Bool {
    keptAt.withLock { last in last.map { reading.uptime - $0 >= Self.keepInterval } ?? true }
  }

  func stop() async {
    await periodic.stop()
    if let reading = clock.review() { await keep(reading) }
  }

  /// Keeps a date that an administrator has confirmed.
  func confirm(_ reading: ClockReading) async throws {
    try await store.keep(reading)
    log.note(.clockTrusted)
    tell()
  }

  private func keep(_ reading: ClockReading) async {
    do {
      try await work.run("keeping the time") { try await store.keep(reading) }
    } catch {
      log.warning("the time was not kept", ["reason": error.inLog])
    }
  }

  /// Says once that doubt has begun or ended; how far it is off grows with the time, and is no news.
  private func tell() {
    let doubt = clock.doubt
    let isNews = told.withLock { told in
      defer { told = doubt }
      return (told == nil) != (doubt == nil)
    }
    guard isNews else { return }
    guard let doubt else {
      log.notice("the machine's date is believed again")
      return say()
    }
    log.note(.clockDoubted, ["clock.doubt": doubt.report])
    say()
  }
}
