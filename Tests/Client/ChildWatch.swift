internal import Core
internal import Foundation
internal import Synchronization

/// What is known of a running program; two threads for its pipes and one for its end write it down.
final class ChildWatch: Sendable {
  struct State {
    var speech = ChildProcess.Speech()
    var status: Int32?
    var openPipeCount = 0
    /// The writing ends of the pipes on which waiters hear of news.
    fileprivate var waiting: Set<Int32> = []
  }

  private let known = Mutex(State())

  var state: State { known.withLock { $0 } }

  /// Reads a pipe to its end.
  func listen(to pipe: Int32, _ part: any WritableKeyPath<ChildProcess.Speech, [UInt8]> & Sendable) {
    change { $0.openPipeCount += 1 }
    Thread.detachNewThread { [self] in
      var bytes = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = unsafe read(pipe, &bytes, bytes.count)
        guard count > 0 else { break }
        change { [bytes] in $0.speech[keyPath: part] += bytes[..<count] }
      }
      close(pipe)
      change { $0.openPipeCount -= 1 }
    }
  }

  /// Waits for a process's end and writes down how it ended.
  func await(_ identifier: Int32) {
    Thread.detachNewThread { [self] in
      var status: Int32 = 0
      while unsafe waitpid(identifier, &status, 0) < 0, errno == EINTR {}
      let signal = status & 0x7f
      change { $0.status = signal == 0 ? (status >> 8) & 0xff : 128 + signal }
    }
  }

  /// Waits by the monotonic clock: conditions and semaphores wait until a wall time, which a test may have shifted.
  ///
  /// - Returns: whether it came to hold in time.
  func wait(within patience: Duration, for holds: (State) -> Bool) -> Bool {
    let deadline = ContinuousClock.now + patience.withPatience
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return false }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    let (hearing, telling) = (ends[0], ends[1])
    known.withLock { _ = $0.waiting.insert(telling) }
    defer {
      known.withLock { _ = $0.waiting.remove(telling) }
      for end in ends { close(end) }
    }
    while !known.withLock({ holds($0) }) {
      let left = (deadline - ContinuousClock.now).milliseconds
      var event = pollfd(fd: hearing, events: Int16(POLLIN), revents: 0)
      guard left > 0, unsafe poll(&event, 1, Int32(clamping: left + 1)) != 0 else {
        return known.withLock { holds($0) }
      }
      var news = [UInt8](repeating: 0, count: 64)
      _ = unsafe read(hearing, &news, news.count)
    }
    return true
  }

  private func change(_ body: (inout State) -> Void) {
    known.withLock { state in
      body(&state)
      var news: UInt8 = 1
      // A pipe that is full has news enough.
      for waiter in state.waiting { _ = unsafe write(waiter, &news, 1) }
    }
  }
}
