internal import Foundation

/// The disk on which an office's state lies, as `Tests/FailingDisk` plays it: it fills up, fails or is slow.
///
///     let disk = try OfficeDisk(of: office)
///     try office.start(environment: disk.environment(office.clock))
///     disk.room = 0
public final class OfficeDisk {
  private enum Number: Int, CaseIterable { case room, error, nth, nthError, count, slowMilliseconds, nthRead }

  private let file: URL
  private let directory: String
  private let handle: FileHandle

  /// - Parameter isOfAll: whether all that the office has lies on it, as copies of the data.
  /// - Throws: `OfficeProcess.Failure` when the library was not built; what making a file throws.
  public init(of office: OfficeProcess, isOfAll: Bool = false) throws {
    guard FileManager.default.fileExists(atPath: Self.library)
    else { throw OfficeProcess.Failure(description: "please build it first: swift build --product FailingDisk") }
    file = office.directory.appendingPathComponent("disk")
    directory = isOfAll ? office.directory.path : office.state
    let numbers = Number.allCases.map { $0 == .room ? Int64(-1) : 0 }
    try Data(numbers.flatMap(Self.bytes)).write(to: file)
    handle = try FileHandle(forUpdating: file)
  }

  /// What a server is started with to have its state on this disk.
  public func environment(_ clock: OfficeClock) -> [String: String] {
    let others = clock.environment["LD_PRELOAD"] ?? ""
    return [
      "LD_PRELOAD": others.isEmpty ? Self.library : "\(Self.library):\(others)", "GAPURA_DISK_FILE": file.path,
      "GAPURA_DISK_DIRECTORY": directory,
    ]
  }

  /// Bytes that are left; nil for no bound.
  public var room: Int64? {
    get { value(.room) < 0 ? nil : value(.room) }
    set { put(.room, newValue ?? -1) }
  }

  /// Every change of a file fails with that error; nil for none.
  public var failure: Int32? {
    get { value(.error) == 0 ? nil : Int32(value(.error)) }
    set { put(.error, Int64(newValue ?? 0)) }
  }

  /// How many calls there have been that change a file.
  public var changeCount: Int64 { value(.count) }

  /// How many milliseconds each sync takes longer.
  public var slowness: Int64 {
    get { value(.slowMilliseconds) }
    set { put(.slowMilliseconds, newValue) }
  }

  /// Lets one call that changes a file fail, counted from 1.
  public func fail(call number: Int64, with error: Int32) {
    put(.nthError, Int64(error))
    put(.nth, number)
  }

  /// Lets one read of a database fail with EIO, counted from 1.
  public func failRead(_ number: Int64) { put(.nthRead, number) }

  /// Whether the call that was to fail has failed.
  public var hasFailed: Bool { value(.nth) <= 0 && value(.nthRead) <= 0 }

  /// Lets nothing fail any more.
  public func mend() {
    put(.nth, 0)
    put(.nthRead, 0)
    failure = nil
  }

  private func value(_ number: Number) -> Int64 {
    let data = (try? Data(contentsOf: file)) ?? Data()
    let start = number.rawValue * 8
    guard data.count >= start + 8 else { return 0 }
    return data[start..<start + 8].reversed().reduce(Int64(0)) { $0 << 8 | Int64($1) }
  }

  /// In place, because the server has the file mapped.
  private func put(_ number: Number, _ value: Int64) {
    try? handle.seek(toOffset: UInt64(number.rawValue * 8))
    try? handle.write(contentsOf: Data(Self.bytes(value)))
  }

  /// The lowest first, as every machine that runs Gapura has them.
  private static func bytes(_ value: Int64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }

  private static var library: String { ChildProcess.built("libFailingDisk.so") }
}
