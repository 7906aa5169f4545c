internal import Synchronization

/// A body of known length that comes in pieces and is sent as fast as the reader takes it, in bounded memory.
final class ByteStream: OutgoingStream {
  /// What is read ahead of the connection.
  private static let pendingByteCountMax = 256 * 1024

  private struct State {
    var pending: [[UInt8]] = []
    var pendingByteCount = 0
    /// How much of the first piece has been sent.
    var offset = 0
    var isEnded = false
    var hasFailed = false
    var isDetached = false
    var sleeping: (any SuspendableConnection)?
    var source: CheckedContinuation<Void, Never>?
    var task: Task<Void, Never>?
  }

  let byteCount: Int
  private let chunks: AsyncThrowingStream<[UInt8], any Error>
  private let state = Mutex(State())

  init(_ chunks: AsyncThrowingStream<[UInt8], any Error>, byteCount: Int) {
    self.chunks = chunks
    self.byteCount = byteCount
  }

  func fill(_ buffer: UnsafeMutableRawBufferPointer, of connection: any SuspendableConnection) -> StreamFilling {
    let (filling, source) = state.withLock { state -> (StreamFilling, CheckedContinuation<Void, Never>?) in
      if state.hasFailed { return (.overrun, nil) }
      if state.task == nil { state.task = Task.detached { [weak self] in await self?.run() } }
      if let piece = state.pending.first {
        let count = min(buffer.count, piece.count - state.offset)
        unsafe buffer.copyBytes(from: piece[state.offset..<state.offset + count])
        state.offset += count
        state.pendingByteCount -= count
        if state.offset == piece.count {
          state.pending.removeFirst()
          state.offset = 0
        }
        return (.bytes(count), state.pendingByteCount < Self.pendingByteCountMax ? state.source.take() : nil)
      }
      if state.isEnded { return (.end, nil) }
      // Under the lock, so that the task that brings the next piece sees the connection asleep and wakes it.
      connection.suspend()
      state.sleeping = connection
      return (.sleeping, nil)
    }
    source?.resume()
    return filling
  }

  func detach() {
    end { state in
      state.sleeping = nil
      state.isDetached = true
    }
  }

  func cut() { end { $0.hasFailed = true } }

  private func run() async {
    do {
      for try await chunk in chunks {
        guard !chunk.isEmpty else { continue }
        guard await offer(chunk) else { return }
      }
      end { $0.isEnded = true }
    } catch {
      end { $0.hasFailed = true }
    }
  }

  /// False when no more is wanted.
  private func offer(_ chunk: [UInt8]) async -> Bool {
    state.withLock { state in
      state.pending.append(chunk)
      state.pendingByteCount += chunk.count
      Self.wake(&state)
    }
    await withCheckedContinuation { continuation in
      let goesOn = state.withLock { state in
        let mustWait = state.pendingByteCount >= Self.pendingByteCountMax && !state.isDetached && !state.hasFailed
        if mustWait { state.source = continuation }
        return !mustWait
      }
      if goesOn { continuation.resume() }
    }
    return state.withLock { !$0.isDetached && !$0.hasFailed }
  }

  private func end(_ change: (inout State) -> Void) {
    let source = state.withLock { state in
      change(&state)
      Self.wake(&state)
      return state.source.take()
    }
    source?.resume()
  }

  private static func wake(_ state: inout State) {
    state.sleeping?.resume()
    state.sleeping = nil
  }
}
