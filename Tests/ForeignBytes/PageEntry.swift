internal import Core
internal import Foundation
@testable internal import Store
internal import Synchronization

/// A database with pages, or a log or a witness beside it, that another person has written: its readers get the rows as they
/// were written or an error, never others, a check of the file finds the page, and a witness has one spelling.
///
/// The first byte of an input says where the rest is written over.
struct PageEntry: FuzzEntry {
  static let name = "pages"
  static let byteCountMax = 8_500

  static var seeds: [[UInt8]] {
    let places: [[UInt8]] = [
      [1], [0, 0], [1, 0, 13], [2, 1, 0, 0x53, 0x51], [3, 15, 255, 1, 2, 3], [255, 0, 100, 9], [255], [253],
    ]
    guard let files = try? PageFiles() else { return places }
    defer { files.remove() }
    let ofLog: [UInt8] = [Self.ofLog] + files.log
    let ofWitness: [UInt8] = [Self.ofWitness] + files.witness
    let moved: [UInt8] = [1, 0, 0] + files.page(3)
    return places + [ofLog, ofWitness, moved]
  }

  static let words = ["SQLite format 3\u{0}", "\u{10}\u{0}", "Gpra"]

  private static let pageByteCount = 4096
  private static let ofWitness: UInt8 = 253
  private static let ofLog: UInt8 = 254
  private static let ofFirstPage: UInt8 = 255

  private let files: PageFiles

  init() throws { files = try PageFiles() }

  func close() { files.remove() }

  func check(_ bytes: [UInt8]) throws {
    guard let place = bytes.first else { return }
    if place == Self.ofLog { return try checkLog(Array(bytes.dropFirst())) }
    if place == Self.ofWitness { return try checkWitness(Array(bytes.dropFirst())) }
    guard bytes.count > 3 else { return }
    let pageCount = files.content.count / Self.pageByteCount
    // The first page is read again and again while others might be writing it, so it has a turn of its own.
    let page = place == Self.ofFirstPage ? 0 : 1 + Int(place) % (pageCount - 1)
    let offset = page * Self.pageByteCount + (Int(bytes[1]) << 8 | Int(bytes[2])) % Self.pageByteCount
    let written = bytes.dropFirst(3).prefix((page + 1) * Self.pageByteCount - offset)
    var content = files.content
    content.replaceSubrange(offset..<offset + written.count, with: written)
    try files.put(content, log: [])
    try checkRows(allowed: [files.rows])
    let damaged = content == files.content ? nil : Int64(page + 1)
    let found = try damagedPage()
    try hold(found == damaged, "page \(String(describing: damaged)) is damaged, found \(String(describing: found))")
  }

  private func checkLog(_ log: [UInt8]) throws {
    try files.put(files.content, log: log)
    try checkRows(allowed: [files.rows, files.rowsWithLog])
  }

  private func checkWitness(_ said: [UInt8]) throws {
    let path = files.path + Witness.suffix
    try Data(said).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    guard case .lastCommit(let number) = Witness.testimony(of: files.path) else { return }
    try hold(Witness.write(number, of: files.path), "a witness cannot be written")
    let again = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    try hold(again == said, "the witness of \(number) is written otherwise: \(EscapedBytes.text(of: again))")
  }

  private func checkRows(allowed: [[String]]) throws {
    let rows: [String]
    do { rows = try files.readRows() } catch { return try checkError(error) }
    try hold(allowed.contains(rows), "read \(rows.count) rows that nobody wrote: \(rows.first ?? "")")
  }

  private func damagedPage() throws -> Int64? {
    do {
      return try SQLiteConnection.pages(at: files.path).checkPages(isInUse: false).damagedPage
    } catch {
      try checkError(error)
      return 1
    }
  }

  private func checkError(_ error: any Error) throws {
    guard error is StoreError else { throw Finding("an error of another kind: \(error)") }
    try hold(!"\(error)".isEmpty, "an error without words")
  }
}

/// A small database and what stands in it, and the place where changed copies of it are read.
private final class PageFiles: Sendable {
  let path: String
  let content: [UInt8]
  /// Of a transaction that is not yet in the file.
  let log: [UInt8]
  let witness: [UInt8]
  let rows: [String]
  let rowsWithLog: [String]
  private let directory: String

  init() throws {
    directory = NSTemporaryDirectory() + "fuzz-pages-\(UUID().uuidString.prefix(8))"
    path = directory + "/copy.db"
    let original = directory + "/original.db"
    do {
      let writer = try SQLiteConnection.writer(at: original, clock: SystemClock(), log: SilentLog())
      try writer.execute("CREATE TABLE things (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT")
      try writer.execute(
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
        INSERT INTO things SELECT i, printf('%0200d', i) FROM n
        """)
      try writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
      content = try Self.bytes(original)
      rows = try Self.rows(in: original)
      try writer.execute("INSERT INTO things VALUES (1000, 'last')")
      log = try Self.bytes(original + "-wal")
      rowsWithLog = try Self.rows(in: original)
      guard Witness.write(7, of: original) else { throw Finding("a witness cannot be written") }
      witness = try Self.bytes(original + Witness.suffix)
    }
  }

  func page(_ number: Int) -> [UInt8] { Array(content.dropFirst((number - 1) * 4096).prefix(4096)) }

  /// Puts a file where it is read, and a log beside it.
  func put(_ content: [UInt8], log: [UInt8]) throws {
    try? FileManager.default.removeItem(atPath: path + "-shm")
    try Data(content).write(to: URL(fileURLWithPath: path))
    if log.isEmpty {
      try? FileManager.default.removeItem(atPath: path + "-wal")
    } else {
      try Data(log).write(to: URL(fileURLWithPath: path + "-wal"))
    }
  }

  func readRows() throws -> [String] { try Self.rows(in: path) }

  func remove() { try? FileManager.default.removeItem(atPath: directory) }

  private static func rows(in path: String) throws -> [String] {
    let reader = try SQLiteConnection.onlooker(at: path)
    return try reader.rows("SELECT number || ' ' || name FROM things ORDER BY number") { try $0.get(0) }
  }

  private static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }
}
