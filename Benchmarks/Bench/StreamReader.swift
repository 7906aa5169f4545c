import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Reads many sockets in a thread of its own.
final class Reader: Sendable {
  private struct State {
    var begun = ContinuousClock.now
    var latest = ContinuousClock.now
    var arrivals: [Duration?]
    var missingCount: Int
    var byteCount = 0
    var isStopped = false
  }

  private let descriptors: [Int32]
  private let state: Mutex<State>

  init(_ descriptors: [Int32]) {
    self.descriptors = descriptors
    state = Mutex(
      State(arrivals: [Duration?](repeating: nil, count: descriptors.count), missingCount: descriptors.count))
  }

  func start() {
    DispatchQueue(label: "bench.reader", qos: .userInteractive).async { self.run() }
  }

  func begin() {
    state.withLock { state in
      state.arrivals = [Duration?](repeating: nil, count: descriptors.count)
      state.missingCount = descriptors.count
      state.byteCount = 0
      state.begun = .now
    }
  }

  func stop() { state.withLock { $0.isStopped = true } }

  var arrivals: [Duration?] { state.withLock { $0.arrivals } }
  var isComplete: Bool { state.withLock { $0.missingCount == 0 } }
  var latest: ContinuousClock.Instant { state.withLock { $0.latest } }
  var byteCount: Int { state.withLock { $0.byteCount } }

  private func run() {
    var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while !state.withLock({ $0.isStopped }) {
      guard unsafe poll(&polled, nfds_t(polled.count), 50) > 0 else { continue }
      for place in polled.indices where polled[place].revents != 0 {
        let count = unsafe recv(polled[place].fd, &buffer, buffer.count, 0)
        if count <= 0 {
          // A stream that has ended is looked at no more, and counts as missed from then on.
          polled[place].fd = -1
        } else {
          // A comment only keeps the line open.
          note(place, count, isNews: buffer[0] != UInt8(ascii: ":"))
        }
      }
    }
  }

  private func note(_ place: Int, _ count: Int, isNews: Bool) {
    let now = ContinuousClock.now
    state.withLock { state in
      state.latest = now
      state.byteCount += count
      guard isNews, state.arrivals[place] == nil else { return }
      state.arrivals[place] = now - state.begun
      state.missingCount -= 1
    }
  }
}
