import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Shows how many people have gone home: a bar on a terminal, a line now and then elsewhere.
final class ProgressBar: Sendable {
  private static let cellCount = 40

  private let total: Int
  private let isTerminal = isatty(STDOUT_FILENO) == 1
  private let lastTenth = Mutex(0)

  init(total: Int) { self.total = total }

  func show(_ done: Int) {
    guard isTerminal else { return showLine(done) }
    let filled = total > 0 ? done * Self.cellCount / total : Self.cellCount
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.cellCount - filled)
    Output.write("\r  \(bar) \(done)/\(total)" + (done == total ? "\n" : ""))
  }

  private func showLine(_ done: Int) {
    let tenth = total > 0 ? done * 10 / total : 10
    let isNew = lastTenth.withLock { last in
      defer { last = max(last, tenth) }
      return tenth > last
    }
    if isNew { Output.write("  \(done)/\(total) people\n") }
  }
}
