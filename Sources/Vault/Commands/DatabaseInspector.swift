import Contracts
import Core
import Store

/// Reads every page, table, index and reference of some databases, while they may be in use.
struct DatabaseInspector {
  /// 16 MB at once: seldom enough to cost nothing, often enough for a bar that moves.
  private static let sliceCount: Int64 = 4_096

  let files: [String]
  /// Whether the files can only be read: then nothing can be carried from the logs into them, and SQLite's own checksums
  /// hold for what is in the logs.
  let isReadOnly: Bool

  func run(_ progress: @Sendable (CommandProgress) -> Void) -> Inspection {
    var outcome = Inspection(unit: "pages")
    for file in files {
      do {
        try checkPages(of: file, progress, &outcome)
        try Store.checkStructure(of: file)
      } catch StoreError.corrupt {
        outcome.faults.append("\(file): tables, indexes or references do not fit each other, or cannot be read")
      } catch let error as StoreError where error.isOfDisk || error == .busy {
        outcome.unread.append("\(file): \(error.inLog)")
      } catch {
        outcome.faults.append("\(file): \(error.inLog)")
      }
    }
    return outcome
  }

  private func checkPages(
    of file: String, _ progress: @Sendable (CommandProgress) -> Void, _ outcome: inout Inspection
  ) throws {
    // A list of tables that cannot be read is found again with the structure; the pages are looked at all the same.
    do { if !isReadOnly { try Store.carryLog(of: file) } } catch StoreError.corrupt {}
    var page: Int64 = 1
    var pageCount: Int64 = 1
    while page <= pageCount {
      let check = try Store.checkPages(of: file, from: page, count: Self.sliceCount)
      pageCount = check.pageCount
      if let damaged = check.damagedPage {
        outcome.faults.append("\(file): page \(damaged) is damaged")
        outcome.pages.append(DamagedPage(file: file, number: damaged))
      }
      page = (check.damagedPage ?? min(page + Self.sliceCount - 1, pageCount)) + 1
      progress(CommandProgress("pages", done: Int(min(page - 1, pageCount)), total: Int(pageCount)))
    }
    outcome.count += Int(pageCount)
  }
}
