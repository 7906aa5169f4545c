internal import Synchronization

/// One request and its answer, from the first callback to the completed one.
///
///     receiving ──last byte──▶ answering (asleep) ──answer──▶ answered ──▶ sent
///
/// While it is answering its connection is suspended, and libmicrohttpd does not free a suspended
/// connection; the one step out of that stage resumes it. So the handle is never used after the
/// connection's end, and resumed exactly once, whichever answers first: the handler's task, the
/// deadline, or the server's stop.
final class Exchange: Sendable {
  private enum Stage {
    case receiving(BodyReader, answer: @Sendable (ReceivedBody) async -> Response)
    /// The handler is at work while the body arrives; the connection sleeps while the handler has enough to read.
    case streaming(BodyReader, Streaming)
    case answering(ConnectionHandle, Task<Void, Never>?, since: ContinuousClock.Instant)
    case answered(Response, since: ContinuousClock.Instant)
    case sent((any OutgoingStream)?)
  }

  /// An upload under way.
  private struct Streaming {
    let pipe: UploadPipe
    var task: Task<Void, Never>?
    /// The connection while it sleeps, and since when.
    var paused: (connection: ConnectionHandle, since: ContinuousClock.Instant)?
    /// The answer, when the handler did not want to read to the end.
    var early: Response?
  }

  /// What became of bytes of a body.
  enum Receipt {
    case goOn
    /// So much came that even throwing it away is too much.
    case cut
    /// The handler can begin.
    case begin(ReceivedBody, answer: @Sendable (ReceivedBody) async -> Response)
  }

  /// What the event loop is to do next.
  enum Step {
    /// `since` is when the whole request was there.
    case send(Response, since: ContinuousClock.Instant)
    case work(ReceivedBody, answer: @Sendable (ReceivedBody) async -> Response)
    /// The body is whole and its handler at work since before.
    case wait
    case nothing
  }

  let head: RequestHead
  let wire: Wire
  private let stage: Mutex<Stage>
  /// How long the sender may take to go on after a pause of ours.
  private let lineSecondsMax: Int

  /// A request that is answered already.
  init(_ head: RequestHead, on wire: Wire, answered response: Response) {
    self.head = head
    self.wire = wire
    lineSecondsMax = 0
    stage = Mutex(.answered(response, since: .now))
  }

  /// A request whose body is to be received.
  init(
    _ head: RequestHead, on wire: Wire, _ plan: BodyPlan, limits: WebLimits,
    answer: @escaping @Sendable (ReceivedBody) async -> Response
  ) {
    self.head = head
    self.wire = wire
    lineSecondsMax = limits.headSecondsMax
    stage = Mutex(
      .receiving(
        BodyReader(plan, head.headers, discardedByteCountMax: limits.discardedByteCountMax), answer: answer))
  }

  /// Takes bytes of the body. On the connection's own thread.
  func receive(_ bytes: [UInt8], on connection: ConnectionHandle) -> Receipt {
    stage.withLock { stage in
      switch stage {
      case .receiving(var reader, let answer):
        let goesOn = reader.read(bytes)
        guard let (body, pipe) = reader.beginning else {
          stage = .receiving(reader, answer: answer)
          return goesOn ? .goOn : .cut
        }
        pipe.onDrained { [weak self] in self?.resumeUpload() }
        stage = .streaming(reader, pause(connection, Streaming(pipe: pipe)))
        return .begin(body, answer: answer)
      case .streaming(var reader, let streaming):
        let goesOn = reader.read(bytes)
        stage = .streaming(reader, pause(connection, streaming))
        return goesOn ? .goOn : .cut
      case .answering, .answered, .sent: return .goOn
      }
    }
  }

  /// Puts the connection to sleep when the handler has enough to read. libmicrohttpd may call with more of its buffer
  /// all the same; a connection is suspended once only.
  private func pause(_ connection: ConnectionHandle, _ streaming: Streaming) -> Streaming {
    guard streaming.paused == nil, streaming.pipe.isFull else { return streaming }
    var streaming = streaming
    connection.suspend()
    streaming.paused = (connection, .now)
    // It is not the sender whom we wait for.
    wire.expect(by: nil)
    return streaming
  }

  /// The handler has read what was there.
  private func resumeUpload() {
    stage.withLock { stage in
      guard case .streaming(let reader, var streaming) = stage else { return }
      wake(&streaming)
      stage = .streaming(reader, streaming)
    }
  }

  private func wake(_ streaming: inout Streaming) {
    guard let paused = streaming.paused else { return }
    streaming.paused = nil
    wire.expect(by: .now + .seconds(lineSecondsMax))
    paused.connection.resume()
  }

  /// What to do now that the event loop asks again.
  func next() -> Step {
    stage.withLock { stage in
      switch stage {
      case .receiving(let reader, let answer): .work(reader.finish(), answer: answer)
      case .streaming(let reader, _): Self.finished(reader)
      case .answered(let response, let since): .send(response, since: since)
      case .answering, .sent: .nothing
      }
    }
  }

  /// Puts the connection to sleep until there is an answer. On the connection's own thread.
  func sleep(_ connection: ConnectionHandle) {
    stage.withLock { stage in
      connection.suspend()
      stage = .answering(connection, nil, since: .now)
    }
  }

  /// After an upload's last byte. On the connection's own thread.
  ///
  /// - Returns: `send` when the answer is there already.
  func sleepAfterUpload(_ connection: ConnectionHandle) -> Step {
    stage.withLock { stage in
      guard case .streaming(_, let streaming) = stage else { return .nothing }
      let now = ContinuousClock.now
      if let early = streaming.early {
        stage = .answered(early, since: now)
        return .send(early, since: now)
      }
      connection.suspend()
      stage = .answering(connection, streaming.task, since: now)
      return .nothing
    }
  }

  private static func finished(_ reader: BodyReader) -> Step {
    _ = reader.finish()
    return .wait
  }

  /// Remembers the task that answers, so that it can be cancelled.
  func note(_ task: Task<Void, Never>) {
    stage.withLock { stage in
      switch stage {
      case .answering(let connection, nil, let since): stage = .answering(connection, task, since: since)
      case .streaming(let reader, var streaming):
        streaming.task = task
        stage = .streaming(reader, streaming)
      case .answering, .receiving, .answered, .sent: break
      }
    }
  }

  /// Answers and wakes the connection; does nothing when it is answered already.
  func answer(_ response: Response) {
    let lateStream: (any OutgoingStream)? = stage.withLock { stage in
      if case .streaming(let reader, var streaming) = stage, streaming.early == nil {
        // libmicrohttpd takes an answer only after the body: what is still to come is thrown away.
        streaming.early = response
        streaming.pipe.discard()
        wake(&streaming)
        stage = .streaming(reader, streaming)
        return nil
      }
      guard case .answering(let connection, _, let since) = stage else { return response.stream }
      stage = .answered(response, since: since)
      connection.resume()
      return nil
    }
    // A stream whose request was answered otherwise has no reader.
    lateStream?.detach()
  }

  /// Gives up on the handler: cancels its task and answers in its place.
  func giveUp(with response: Response) {
    let (task, pipe) = stage.withLock { stage -> (Task<Void, Never>?, UploadPipe?) in
      switch stage {
      case .answering(_, let task, _): (task, nil)
      case .streaming(_, let streaming): (streaming.task, streaming.pipe)
      case .receiving, .answered, .sent: (nil, nil)
      }
    }
    // In this order: a handler that ends at once when it is cancelled would else answer first.
    answer(response)
    task?.cancel()
    pipe?.fail(UploadEnded())
  }

  /// Whether it is to be answered before its body has come, which ends the connection: only so for
  /// bodies that are announced larger than what would be thrown away.
  var mustAnswerAtOnce: Bool {
    let isAnswered = stage.withLock { if case .answered = $0 { true } else { false } }
    return isAnswered && head.hasBody
  }

  /// Whether a handler has been at work on it since before `moment`.
  func isAnswering(sinceBefore moment: ContinuousClock.Instant) -> Bool {
    stage.withLock { stage in
      switch stage {
      case .answering(_, _, let since): since < moment
      case .streaming(_, let streaming): streaming.paused.map { $0.since < moment } ?? false
      case .receiving, .answered, .sent: false
      }
    }
  }

  /// Whether a handler is at work on it.
  var isAnswering: Bool {
    stage.withLock { stage in
      switch stage {
      case .answering: true
      case .streaming(_, let streaming): streaming.early == nil
      case .receiving, .answered, .sent: false
      }
    }
  }

  /// The answer was handed to libmicrohttpd.
  func noteSent(_ response: Response) { stage.withLock { $0 = .sent(response.stream) } }

  /// The event stream that it sends.
  var stream: (any OutgoingStream)? { stage.withLock { if case .sent(let stream) = $0 { stream } else { nil } } }

  private static func ended(_ streaming: Streaming) -> (any OutgoingStream)? {
    streaming.pipe.fail(UploadEnded())
    return streaming.early?.stream
  }

  /// libmicrohttpd is done with the request; the connection may be gone.
  func finish() {
    let stream: (any OutgoingStream)? = stage.withLock { stage in
      defer { stage = .sent(nil) }
      return switch stage {
      case .streaming(_, let streaming): Self.ended(streaming)
      case .sent(let stream): stream
      case .answered(let response, _): response.stream
      case .receiving, .answering: nil
      }
    }
    stream?.detach()
  }
}

extension Response {
  var stream: (any OutgoingStream)? {
    switch body {
    case .bytes: nil
    case .events(let stream): stream
    case .chunks(let stream): stream
    }
  }
}
