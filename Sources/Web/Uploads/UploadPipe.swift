internal import Civil
internal import Core
internal import Synchronization

/// The way of an upload's bytes from the event loop to the handler, in bounded memory.
final class UploadPipe: Sendable {
  /// Above this the sender waits. A few reads of a socket, so that neither side waits for the other at each of them.
  static let pendingByteCountMax = 128 * 1024

  private enum Piece {
    case file(Head)
    case bytes([UInt8])
  }

  struct Head: Sendable, Equatable {
    let field: String
    let fileName: String
    let mediaType: String

    /// The file's name is shown, so it comes through the gate like all text.
    init(field: String, fileName: String, mediaType: String) {
      self.field = field
      self.fileName = TextGate.line(fileName).text
      self.mediaType = mediaType
    }
  }

  private enum End {
    case whole
    case failed(any Error)
  }

  private struct State {
    /// In order of arrival; the bytes of a file stand behind its head, in one piece until they are taken.
    var pieces: [Piece] = []
    var pendingByteCount = 0
    /// The number of the file whose bytes come next; 0 before the first one.
    var file = 0
    var end: End?
    var isDiscarding = false
    var reader: CheckedContinuation<Void, Never>?
    var onDrained: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  // MARK: The event loop's side

  /// Calls `action` whenever the handler has taken what was there.
  func onDrained(_ action: @escaping @Sendable () -> Void) { state.withLock { $0.onDrained = action } }

  /// A file begins.
  func begin(_ head: Head) { add(.file(head), byteCount: 0) }

  /// Bytes of the file that began last.
  func append(_ bytes: ArraySlice<UInt8>) {
    let reader: CheckedContinuation<Void, Never>? = state.withLock { state in
      guard !state.isDiscarding, state.end == nil else { return nil }
      state.pendingByteCount += bytes.count
      if case .bytes(var pending) = state.pieces.last {
        state.pieces.removeLast()
        pending.append(contentsOf: bytes)
        state.pieces.append(.bytes(pending))
      } else {
        state.pieces.append(.bytes(Array(bytes)))
      }
      return state.reader.take()
    }
    reader?.resume()
  }

  /// Whether the sender should wait.
  var isFull: Bool { state.withLock { $0.pendingByteCount >= Self.pendingByteCountMax } }

  /// The form is whole.
  func finish() { end(.whole) }

  /// No more will come, and the handler learns why.
  func fail(_ error: any Error) { end(.failed(error)) }

  /// Nothing is read any more: what is there and what comes is thrown away.
  func discard() {
    state.withLock { state in
      state.isDiscarding = true
      state.pieces = []
      state.pendingByteCount = 0
    }
  }

  private func add(_ piece: Piece, byteCount: Int) {
    let reader: CheckedContinuation<Void, Never>? = state.withLock { state in
      guard !state.isDiscarding, state.end == nil else { return nil }
      state.pieces.append(piece)
      return state.reader.take()
    }
    reader?.resume()
  }

  private func end(_ end: End) {
    let reader: CheckedContinuation<Void, Never>? = state.withLock { state in
      if state.end == nil { state.end = end }
      return state.reader.take()
    }
    reader?.resume()
  }

  // MARK: The handler's side

  /// The next file; what is left of the one before is thrown away.
  func nextFile() async throws -> Upload? {
    while true {
      let (piece, drained) = try take { _ in true }
      drained?()
      switch piece {
      case .file(let head, let number):
        return Upload(
          field: head.field, fileName: head.fileName, mediaType: head.mediaType,
          chunks: UploadChunks(pipe: self, file: number))
      case .bytes: continue
      case .end: return nil
      case .notYet: await arrival()
      }
    }
  }

  /// The next bytes of that file; nil when there are no more of it.
  func nextBytes(of file: Int) async throws -> [UInt8]? {
    while true {
      let (piece, drained) = try take { state in
        guard state.file == file else { return false }
        if case .file = state.pieces.first { return false }
        return true
      }
      drained?()
      switch piece {
      case .bytes(let bytes): return bytes
      case .file, .end: return nil
      case .notYet: await arrival()
      }
    }
  }

  private enum Taken {
    case file(Head, number: Int)
    case bytes([UInt8])
    case end
    case notYet
  }

  /// The first piece, if `mayTake` lets it be taken; `end` where it does not.
  private func take(_ mayTake: (borrowing State) -> Bool) throws -> (Taken, drained: (@Sendable () -> Void)?) {
    try state.withLock { state in
      guard mayTake(state) else { return (.end, nil) }
      guard let piece = state.pieces.first else {
        switch state.end {
        case nil: return (.notYet, nil)
        case .whole: return (.end, nil)
        case .failed(let error): throw error
        }
      }
      state.pieces.removeFirst()
      switch piece {
      case .file(let head):
        state.file += 1
        return (.file(head, number: state.file), nil)
      case .bytes(let bytes):
        state.pendingByteCount -= bytes.count
        return (.bytes(bytes), state.onDrained)
      }
    }
  }

  private func arrival() async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        guard state.pieces.isEmpty, state.end == nil else { return true }
        state.reader = continuation
        return false
      }
      if isThere { continuation.resume() }
    }
  }
}
