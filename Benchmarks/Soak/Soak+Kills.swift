import Client
import Core
import Foundation

extension Soak {
  private static let patience = Duration.seconds(20)

  /// A start is killed before it is one, or shortly after.
  func killInStart() throws {
    let start = try office.beginStart()
    pause(upTo: office.usualStart * 6 / 5)
    guard start.isRunning else { throw Finding(.unsound, "a start ended by itself: \(start.speech.complaintText)") }
    start.end(with: SIGKILL)
    kills[.start, default: 0] += 1
  }

  /// Clients act; the server is killed, or now and then stopped.
  func killUnderLoad() throws {
    waitForClients()
    guard random.below(12) == 0 else { return killServer(in: .load) }
    let code = stopServer()
    if code != 0 { throw Finding(.unsound, "a server that was stopped under load ended with \(code)") }
    done["stops", default: 0] += 1
  }

  /// Clients act and an administrator's command runs: one of the two is killed, or the command is let be.
  func killAround(_ phase: Phase, _ words: [String]) throws {
    waitForClients()
    let clock = ContinuousClock()
    let earlier = keeper.books
    let (begun, moment) = (clock.now, office.now)
    let command = try office.begin(words)
    let draw = random.below(5)
    if draw < 4 { pause(upTo: times.usual(phase) * 6 / 5) }
    let isRunning = command.isRunning
    if draw < 2 {
      killServer(in: isRunning ? phase : .load)
    } else if draw < 4, isRunning {
      command.end(with: SIGKILL)
      kills[phase, default: 0] += 1
      waitForClients()
      killServer(in: .load)
      return
    }
    let code = try command.wait()
    guard code == 0 else { throw Finding(.unsound, "gapura \(words[0]): \(code) \(command.speech.complaintText)") }
    times.note(phase, clock.now - begun)
    done[phase.rawValue, default: 0] += 1
    switch phase {
    case .backup: try takeCopy(earlier: earlier)
    case .rotation: rotationCount += 1
    case .retention:
      if try office.hasLate(at: moment) {
        throw Finding(.unsound, "retention has left what was to be removed: \(command.speech.text)")
      }
    case .start, .load, .restore: break
    }
    if draw >= 2 {
      waitForClients()
      killServer(in: .load)
    }
  }

  /// A copy of the data is there, and one of the key ring is made to go with it.
  private func takeCopy(earlier: Books) throws {
    let later = keeper.books
    let said = try office.command(["vault", "backup-ring", office.rings])
    guard let found = said.firstMatch(of: /key ring copied to (\S+),/) else {
      throw Finding(.unsound, "gapura vault backup-ring: \(said)")
    }
    try copies.takeNewest(
      earlier: earlier, later: later, ring: String(found.output.1), rotationCount: rotationCount)
  }

  /// A copy is put back while the server is down; that is killed, too.
  func restore() throws {
    guard let (copy, ring) = copies.draw(random) else { return }
    let clock = ContinuousClock()
    let before = try office.stateNames()
    let begun = clock.now
    let command = try office.begin(["restore", copy.path, "--confirm"] + (ring.map { ["--ring", $0.path] } ?? []))
    if random.below(3) > 0 {
      pause(upTo: times.usual(.restore) * 6 / 5)
      if command.isRunning { kills[.restore, default: 0] += 1 }
      command.end(with: SIGKILL)
    }
    let code = try command.wait()
    guard code == 0 || code == 128 + SIGKILL else {
      throw Finding(.unsound, "gapura restore: \(code) \(command.speech.complaintText)")
    }
    let fresh = try office.stateNames().subtracting(before)
    let isPending = fresh.contains("restore.ready")
    let kept =
      isPending ? try names(in: "\(office.state)/restore.ready") : fresh
    guard let name = kept.first(where: { $0.hasPrefix("before-restore-") }) else {
      if code == 0 { throw Finding(.unsound, "a restore kept nothing of what was there") }
      // It was killed before it was decided.
      done["restores undone", default: 0] += 1
      return
    }
    if code == 0 { times.note(.restore, clock.now - begun) }
    done[code == 0 ? "restore" : "restores to be completed", default: 0] += 1
    if let ring { done[ring.rotationCount < rotationCount ? Self.olderRing : "  with a key ring", default: 0] += 1 }
    hasOlderState = true
    let present = keeper.books
    keeper.restore(from: copy.earlier, to: copy.later)
    try copies.keep(replaced: "\(office.state)/\(name)", present, by: ring, rotationCount: rotationCount)
    if let ring { rotationCount = ring.rotationCount }
    load.forget()
  }

  // MARK: Moments

  /// Waits until clients were told some more things, as many as chance will have it; at times until a visit to the kiosk,
  /// which takes longest, is through.
  private func waitForClients() {
    if random.below(4) == 0 {
      keeper.wait(for: 1, of: random.below(2) == 0 ? .kioskNumber : .screenNumber, within: Self.patience)
    } else {
      keeper.wait(for: random.below(16), of: nil, within: Self.patience)
    }
    pause(upTo: .milliseconds(40))
  }

  private func pause(upTo most: Duration) {
    let microseconds = Int(most / .microseconds(1))
    Thread.sleep(forTimeInterval: Double(random.below(microseconds + 1)) / 1_000_000)
  }

  private func names(in directory: String) throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: directory))
  }
}
