import Core
import Dispatch
import FoundationEssentials

/// Has sentences spoken by espeak-ng and keeps the recordings as files.
///
/// One sentence is made at a time, in a child process, on a queue of its own; a caller that asks meanwhile waits for the
/// same file. Without espeak-ng there are no recordings, and displays speak by themselves or show captions only.
actor Speaker {
  /// All recordings together; a day of five hundred calls in two languages is some 180 MB at most, and the oldest go.
  static let cacheByteCountMax = 256 * 1024 * 1024
  /// One sentence takes a thirtieth of it.
  static let recordingByteCountMax = 4 * 1024 * 1024
  /// A sentence takes 50 ms, on a machine that is busy with other things seconds; a child that is still busy then
  /// hangs. Displays do not wait that long: they speak by themselves.
  static let spokenMax = Duration.seconds(20)
  /// After a failure: so that a broken installation costs one try in this time.
  static let restAfterFailure = Duration.minutes(5)
  /// Words per minute and pitch; part of each recording's version.
  static let settings = "espeak-ng s135 p45 a180"

  private let executor = SerialQueueExecutor(label: "displays.speaker")
  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

  private let program: String
  private let directory: String
  private let clock: any WallClock
  private let log: any Log
  private var restsUntil: Instant?
  /// What is kept, counted once and kept up from then on.
  private var keptByteCount: Int?

  /// - Parameter program: another one in tests.
  init(directory: String, program: String = "espeak-ng", clock: any WallClock, log: any Log) {
    self.directory = directory
    self.program = program
    self.clock = clock
    self.log = log
  }

  /// The recording of a phrase as a WAV file; nil when it cannot be made.
  func recording(of phrase: CallPhrase) -> [UInt8]? {
    let path = "\(directory)/\(phrase.language)-\(phrase.version).wav"
    if let kept = FileManager.default.contents(atPath: path) {
      // The oldest go first; this one is in use.
      try? FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: path)
      return Array(kept)
    }
    // A rest that ends later than any does was begun while the date was wrong.
    if let restsUntil, clock.now < restsUntil, restsUntil - clock.now <= Self.restAfterFailure { return nil }
    guard let made = speak(phrase, to: path) else {
      restsUntil = clock.now + Self.restAfterFailure
      return nil
    }
    restsUntil = nil
    keep(made.count)
    return made
  }

  private func speak(_ phrase: CallPhrase, to path: String) -> [UInt8]? {
    try? FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let draft = "\(directory)/.draft.wav"
    let child = ChildProgram(
      program: program,
      arguments: ["-v", phrase.language.rawValue, "-s", "135", "-p", "45", "-a", "180", "-w", draft, phrase.text])
    switch child.run(atMost: Self.spokenMax) {
    case .ended(0): break
    case .ended(let status):
      log.warning("speech could not be made", ["program": program, "status": String(status)])
      return nil
    case .missing:
      log.notice("speech is left to the displays: the program is not installed", ["program": program])
      return nil
    case .tookTooLong:
      log.warning("speech took too long and was ended", ["program": program])
      return nil
    }
    guard let bytes = FileManager.default.contents(atPath: draft), !bytes.isEmpty,
      bytes.count <= Self.recordingByteCountMax
    else {
      log.warning("speech could not be read", ["program": program])
      return nil
    }
    // A whole file appears or none: a program that ends in between leaves only the draft, which is written over.
    try? FileManager.default.moveItem(atPath: draft, toPath: path)
    return Array(bytes)
  }

  /// Counts a new recording, and removes the oldest when there are too many.
  private func keep(_ byteCount: Int) {
    let known = keptByteCount.map { $0 + byteCount } ?? files().reduce(0) { $0 + $1.byteCount }
    keptByteCount = known
    guard known > Self.cacheByteCountMax else { return }
    var rest = known
    for file in files().sorted(by: { $0.usedAt < $1.usedAt }) where rest > Self.cacheByteCountMax * 3 / 4 {
      try? FileManager.default.removeItem(atPath: file.path)
      rest -= file.byteCount
    }
    keptByteCount = rest
  }

  private func files() -> [(path: String, byteCount: Int, usedAt: Date)] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return names.filter { $0.hasSuffix(".wav") }.compactMap { name in
      let path = "\(directory)/\(name)"
      guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
        let usedAt = attributes[.modificationDate] as? Date
      else { return nil }
      return (path, (attributes[.size] as? Int) ?? 0, usedAt)
    }
  }
}
