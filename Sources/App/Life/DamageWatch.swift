import Core
import Dispatch
import Store
import Synchronization

/// Goes over every page of the databases again and again, a little each minute and round at least once a day, so that
/// damage is known before what it has hit is needed; and remembers what was found, here or in use.
final class DamageWatch: Sendable {
  /// A page that is not as it was written.
  struct Finding: Hashable, Comparable {
    let file: String
    /// Counted from 1; 0 for the log beside the file, and for what could not be told more closely.
    let page: Int64

    static func < (left: Finding, right: Finding) -> Bool { (left.file, left.page) < (right.file, right.page) }

    var description: String { page == 0 ? file : "\(file), page \(page)" }
  }

  /// A turn that could not read; the log has said why.
  private struct Unread: Error {}

  static let interval = Duration.seconds(60)
  /// 1 MB: below any disk's notice.
  private static let slicePageCountMin: Int64 = 256
  /// However large the files, a round over all of them ends within so many slices, and a few.
  private static let roundSliceCount: Int64 = 1_200
  private static let name: StaticString = "going over the data"
  /// Named on the status line.
  private static let namedCountMax = 3
  /// Named to an administrator at a terminal: a screen of them.
  static let listedCountMax = 20
  /// Searched for in one file, and told of by one command; with more it is no matter of pages.
  private static let foundCountMax = 200

  /// How far the round has come.
  private struct Progress {
    var file = 0
    var page: Int64 = 1
    var pageCount: Int64 = 0
  }

  private struct State {
    var progress = Progress()
    var findings: Set<Finding> = []
    /// Whether the files are being searched for what a reader came across.
    var isSearching = false
  }

  let files: [String]
  private let work: RegularWork
  private let log: any Log
  private let state = Mutex(State())
  private let periodic = Periodic(every: DamageWatch.interval)
  private let queue = DispatchQueue(label: "gapura.damage", qos: .background)
  /// Nil until `start`.
  private let changed = Mutex<(@Sendable () -> Void)?>(nil)

  init(files: [String], work: RegularWork = RegularWork(), log: any Log) {
    self.files = files
    self.work = work
    self.log = log
  }

  /// Begins.
  ///
  /// - Parameter say: tells the service manager that something was found, or is right again.
  func start(_ say: @escaping @Sendable () -> Void) {
    changed.withLock { $0 = say }
    work.watch(Self.name, periodic)
    periodic.start { [self] in
      let isDone: Bool = await withCheckedContinuation { continuation in
        queue.async { continuation.resume(returning: self.checkSlice()) }
      }
      if !isDone { throw Unread() }
    }
  }

  func stop() async {
    await periodic.stop()
    changed.withLock { $0 = nil }
  }

  /// What is wrong and how to mend it, in one sentence; nil while nothing was found.
  var report: String? {
    let findings = state.withLock { $0.findings.sorted() }
    guard !findings.isEmpty else { return nil }
    let named = Self.named(findings, upTo: Self.namedCountMax)
    // With the key ring alone the data stays.
    let mend = findings.contains { $0.file == files.first } ? Self.dataMend : Self.ringMend(files)
    return "the data is damaged (\(named)); check the disk, then \(mend)"
  }

  /// Names the first so many, and counts the others.
  static func named(_ findings: [Finding], upTo count: Int) -> String {
    let rest = findings.count > count ? ["\(findings.count - count) more"] : []
    return (findings.prefix(count).map(\.description) + rest).joined(separator: "; ")
  }

  /// A copy reads each row of each table: where that succeeds, what is damaged held nothing that is not elsewhere.
  private static let dataMend =
    "stop gapura and try gapura backup DIRECTORY: where it succeeds, that copy has everything that is here, so gapura restore "
    + "that one; else the latest good copy"

  private static func ringMend(_ files: [String]) -> String {
    "bring back a copy of the key ring: gapura restore \(directory(of: files.first ?? "")) --ring DIRECTORY"
  }

  private static func directory(of file: String) -> String {
    file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
  }

  /// Remembers damage that a reader came across. Which of the files has it is not known then: data and key ring are read in
  /// one transaction, and either may have failed it. So it is looked for, in the background once the office serves.
  func met() { look(isCertain: true) }

  /// Looks for damage after a read that the disk refused: a place that cannot be read is as bad. What can be read after all,
  /// and is as it was written, is right.
  func suspect() { look(isCertain: false) }

  private func look(isCertain: Bool) {
    let isFirst = state.withLock { state in
      // A damaged page is met again and again; the round finds what else there is.
      guard !state.isSearching, state.findings.isEmpty else { return false }
      state.isSearching = true
      return true
    }
    guard isFirst else { return }
    if changed.withLock({ $0 == nil }) { search(isCertain) } else { queue.async { self.search(isCertain) } }
  }

  /// Does something that takes a while where nothing waits for it.
  func inBackground(_ work: @escaping @Sendable (DamageWatch) -> Void) { queue.async { work(self) } }

  private func search(_ isCertain: Bool) {
    let found = Self.damage(in: files)
    take(found: Set(found.isEmpty && isCertain ? [Finding(file: files[0], page: 0)] : found), right: [])
    state.withLock { $0.isSearching = false }
  }

  /// The damaged pages of the files, as far as they can be read, and of each file so many at most. Blocks while it reads them.
  static func damage(in files: [String]) -> [Finding] { files.flatMap(damage(in:)) }

  private static func damage(in file: String) -> [Finding] {
    var found: [Finding] = []
    do {
      var page: Int64 = 1
      while found.count < foundCountMax,
        let damaged = try Store.checkPages(of: file, from: page, count: .max).damagedPage
      {
        found.append(Finding(file: file, page: damaged))
        page = damaged + 1
      }
    } catch StoreError.corrupt {
      // Without the first page nothing can be told of the others.
      found.append(Finding(file: file, page: 1))
    } catch {
      // What cannot be read is another fault.
    }
    return found
  }

  /// Remembers damage in one of the files.
  private func met(in file: String) { take(found: [Finding(file: file, page: 0)], right: []) }

  /// How many pages of a file so large, among so many, are gone over at once.
  static func slicePageCount(of pageCount: Int64, among fileCount: Int) -> Int64 {
    max(slicePageCountMin, pageCount * Int64(fileCount) / roundSliceCount)
  }

  /// Goes over the next pages. Blocks while it does.
  ///
  /// - Returns: whether they could be read.
  @discardableResult
  func checkSlice() -> Bool {
    let isDone = goOverSlice()
    work.note(Self.name, isDone: isDone)
    return isDone
  }

  private func goOverSlice() -> Bool {
    let progress = state.withLock { $0.progress }
    let file = files[progress.file]
    let count = Self.slicePageCount(of: progress.pageCount, among: files.count)
    do {
      if progress.page == 1 { try Store.carryLog(of: file) }
      let check = try Store.checkPages(of: file, from: progress.page, count: count)
      let end = check.damagedPage ?? min(progress.page + count - 1, check.pageCount)
      let passed = Set((progress.page...max(progress.page, end)).map { Finding(file: file, page: $0) })
      take(
        found: check.damagedPage.map { [Finding(file: file, page: $0)] } ?? [],
        right: progress.page == 1 ? passed.union([Finding(file: file, page: 0)]) : passed)
      advance(beyond: end, of: check.pageCount)
    } catch StoreError.corrupt {
      met(in: file)
      advance(beyond: progress.page + count - 1, of: progress.pageCount)
    } catch {
      // It comes round again.
      log.warning("the data was not gone over", ["store.file": file, "reason": error.inLog])
      return false
    }
    return true
  }

  private func advance(beyond page: Int64, of pageCount: Int64) {
    state.withLock { state in
      state.progress.page = page + 1
      state.progress.pageCount = pageCount
      guard page >= pageCount else { return }
      state.progress = Progress(file: (state.progress.file + 1) % files.count)
    }
  }

  func take(found: Set<Finding>, right: Set<Finding>) {
    let (news, hasChanged) = state.withLock { state in
      let before = state.findings
      state.findings.subtract(right)
      state.findings.formUnion(found)
      return (state.findings.subtracting(before), state.findings != before)
    }
    for finding in news.sorted() {
      log.note(
        .damageFound, ["store.file": finding.file, "store.page": finding.page == 0 ? "?" : "\(finding.page)"])
    }
    if hasChanged { changed.withLock { $0 }?() }
  }
}
