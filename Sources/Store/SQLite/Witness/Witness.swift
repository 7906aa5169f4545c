internal import Core
import Dispatch
import Glibc
import Synchronization

/// The number of the last commit, in a small file beside the database: so a database that has lost its log, or was put back
/// to an earlier state, is known by its number, which is lower.
///
/// It is written after each commit and before its callers are answered, and carried to the disk once a second: after a
/// kill it knows all that was acknowledged, after a power cut all but the last second. It is never ahead of the database.
final class Witness: CommitWitness {
  /// What a witness file says.
  enum Testimony: Equatable {
    case absent
    /// The file is not as it was written.
    case damaged
    case lastCommit(Int64)
  }

  static let suffix = ".witness"
  private static let syncInterval = DispatchTimeInterval.seconds(1)

  private struct State {
    var descriptor: Int32 = -1
    var number: Int64 = -1
    var isSyncPlanned = false
    var hasFailed = false
  }

  private let path: String
  private let log: any Log
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "gapura.store.witness", qos: .background)

  private init(of database: String, log: any Log) {
    path = database + Self.suffix
    self.log = log
  }

  deinit {
    let descriptor = state.withLock { $0.descriptor }
    if descriptor >= 0 { Glibc.close(descriptor) }
  }

  /// Hears the witness of a database that is about to be opened, before anything in that is changed.
  ///
  /// - Throws: `StoreError.rolledBack` when the database lacks commits; as `SQLiteConnection.onlooker`.
  static func heard(of database: String, log: any Log) throws -> Witness {
    try Store.requireEveryCommit(of: database)
    return Witness(of: database, log: log)
  }

  /// Begins it where there is none.
  ///
  /// - Parameter number: of the last commit in the database.
  func begin(at number: Int64) {
    switch Self.testimony(on: path) {
    case .lastCommit: break
    // A new database had no commit to be told of.
    case .absent where number == 0: break
    case .absent:
      log.warning("there was no witness of the last commit; whether the data is the latest is not known", fields)
    case .damaged:
      log.warning("the witness of the last commit was damaged; whether the data is the latest is not known", fields)
    }
    record(number)
  }

  /// Writes the number of a commit that is durable.
  func record(_ number: Int64) {
    state.withLock { state in
      guard number > state.number else { return }
      state.number = number
      guard write(number, &state, unlessKnown: true) else {
        // The commit stands all the same: a witness that is behind only knows less.
        if !state.hasFailed { log.error("the witness of the last commit cannot be written", fields) }
        state.hasFailed = true
        return
      }
      state.hasFailed = false
      guard !state.isSyncPlanned else { return }
      state.isSyncPlanned = true
      queue.asyncAfter(deadline: .now() + Self.syncInterval) { self.sync() }
    }
  }

  /// - Parameter unlessKnown: leaves a higher number as it is: processes that commit one after the other may come here the
  ///   other way round.
  private func write(_ number: Int64, _ state: inout State, unlessKnown: Bool) -> Bool {
    if state.descriptor < 0 {
      state.descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    }
    guard state.descriptor >= 0 else { return false }
    // Of this open file, so that it also holds between two stores of one process (flock(2)).
    while flock(state.descriptor, LOCK_EX) != 0 { guard errno == EINTR else { return false } }
    defer { flock(state.descriptor, LOCK_UN) }
    if unlessKnown, case .lastCommit(let known) = Self.testimony(in: state.descriptor), known >= number { return true }
    let bytes = Self.bytes(number)
    return unsafe pwrite(state.descriptor, bytes, bytes.count, 0) == bytes.count
  }

  private func sync() {
    let descriptor = state.withLock { state in
      state.isSyncPlanned = false
      return state.descriptor
    }
    // Closed on this queue only, so it is still this file's.
    if descriptor >= 0 { fdatasync(descriptor) }
  }

  /// Carries it to the disk and closes it.
  func close() {
    queue.sync {
      sync()
      let descriptor = state.withLock { state in
        defer { state.descriptor = -1 }
        return state.descriptor
      }
      if descriptor >= 0 { Glibc.close(descriptor) }
    }
  }

  /// Writes a number over any that was there.
  static func write(_ number: Int64, of database: String) -> Bool {
    let witness = Witness(of: database, log: SilentLog())
    defer { witness.close() }
    return witness.state.withLock { witness.write(number, &$0, unlessKnown: false) }
  }

  private var fields: KeyValuePairs<StaticString, String> { ["store.witness": path] }
}

extension Witness {
  /// `Gpra` and the format's number.
  private static let mark: UInt64 = 0x4770_7261_0000_0001
  private static let byteCount = 24

  static func testimony(of database: String) -> Testimony { testimony(on: database + suffix) }

  private static func testimony(on path: String) -> Testimony {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return errno == ENOENT ? .absent : .damaged }
    defer { Glibc.close(descriptor) }
    return testimony(in: descriptor)
  }

  private static func testimony(in descriptor: Int32) -> Testimony {
    var bytes = [UInt8](repeating: 0, count: byteCount + 1)
    guard unsafe pread(descriptor, &bytes, bytes.count, 0) == byteCount else { return .damaged }
    let number = Int64(bitPattern: word(bytes[8..<16]))
    return number >= 0 && Array(bytes[..<byteCount]) == self.bytes(number) ? .lastCommit(number) : .damaged
  }

  /// Mark, number and a checksum over both, the lowest byte first.
  private static func bytes(_ number: Int64) -> [UInt8] {
    let words = [mark, UInt64(bitPattern: number)]
    // Each step can be undone, so that no change of one byte comes to the same.
    let sum = words.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { sum, word in
      let next = (sum ^ word) &* 0x9e37_79b9_7f4a_7c15
      return next << 29 | next >> 35
    }
    return (words + [sum]).flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
  }

  private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
