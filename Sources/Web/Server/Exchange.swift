internal import Synchronization

/// One request and its answer, from the first callback to the completed one.
///
///     receiving ──last byte──▶ answering (asleep) ──answer──▶ answered ──▶ sent
///
/// While it is answering its connection is suspended, and libmicrohttpd does not free a suspended
/// connection; the one step out of that stage resumes it. So the handle is never used after the
/// connection's end, and resumed exactly once, whoever answers first: the handler's task, the
/// deadline, or the server's stop.
final class Exchange: Sendable {
  private enum Stage {
    case receiving(BodyReader, answer: @Sendable (ReceivedBody) async -> Response)
    case answering(ConnectionHandle, Task<Void, Never>?, since: ContinuousClock.Instant)
    case answered(Response, since: ContinuousClock.Instant)
    case sent(EventStream?)
  }

  /// What the event loop is to do next.
  enum Step {
    /// `since` is when the whole request was there.
    case send(Response, since: ContinuousClock.Instant)
    case work(ReceivedBody, answer: @Sendable (ReceivedBody) async -> Response)
    case nothing
  }

  let head: RequestHead
  let wire: Wire
  private let stage: Mutex<Stage>

  /// A request that is answered already.
  init(_ head: RequestHead, on wire: Wire, answered response: Response) {
    self.head = head
    self.wire = wire
    stage = Mutex(.answered(response, since: .now))
  }

  /// A request whose body is to be received.
  init(
    _ head: RequestHead, on wire: Wire, of connection: ConnectionHandle, _ plan: BodyPlan,
    discardedByteCountMax: Int, answer: @escaping @Sendable (ReceivedBody) async -> Response
  ) {
    self.head = head
    self.wire = wire
    stage = Mutex(
      .receiving(BodyReader(plan, of: connection, discardedByteCountMax: discardedByteCountMax), answer: answer))
  }

  /// Takes bytes of the body; false when the connection must be cut.
  func receive(_ bytes: [UInt8]) -> Bool {
    stage.withLock { stage in
      guard case .receiving(var reader, let answer) = stage else { return true }
      let goesOn = reader.read(bytes)
      stage = .receiving(reader, answer: answer)
      return goesOn
    }
  }

  /// What to do now that the event loop asks again.
  func next() -> Step {
    stage.withLock { stage in
      switch stage {
      case .receiving(let reader, let answer): .work(reader.finish(), answer: answer)
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

  /// Remembers the task that answers, so that it can be cancelled.
  func note(_ task: Task<Void, Never>) {
    stage.withLock { stage in
      if case .answering(let connection, nil, let since) = stage {
        stage = .answering(connection, task, since: since)
      }
    }
  }

  /// Answers and wakes the connection; does nothing when it is answered already.
  func answer(_ response: Response) {
    let lateStream: EventStream? = stage.withLock { stage in
      guard case .answering(let connection, _, let since) = stage else { return response.stream }
      stage = .answered(response, since: since)
      connection.resume()
      return nil
    }
    // Nobody will read from a stream whose request was answered otherwise.
    lateStream?.detach()
  }

  /// Gives up on the handler: cancels its task and answers in its place.
  func giveUp(with response: Response) {
    let task: Task<Void, Never>? = stage.withLock { if case .answering(_, let task, _) = $0 { task } else { nil } }
    // First: a handler that is quick to notice its cancellation must not answer instead.
    answer(response)
    task?.cancel()
  }

  /// Whether it is to be answered before its body has come, which ends the connection: only so for
  /// bodies that are announced larger than what would be thrown away.
  var mustAnswerAtOnce: Bool {
    let isAnswered = stage.withLock { if case .answered = $0 { true } else { false } }
    return isAnswered && head.hasBody
  }

  /// Whether a handler has been at work on it since before `moment`.
  func isAnswering(sinceBefore moment: ContinuousClock.Instant) -> Bool {
    stage.withLock { if case .answering(_, _, let since) = $0 { since < moment } else { false } }
  }

  /// Whether a handler is at work on it.
  var isAnswering: Bool { stage.withLock { if case .answering = $0 { true } else { false } } }

  /// The answer was handed to libmicrohttpd.
  func noteSent(_ response: Response) { stage.withLock { $0 = .sent(response.stream) } }

  /// The event stream that it sends.
  var stream: EventStream? { stage.withLock { if case .sent(let stream) = $0 { stream } else { nil } } }

  /// libmicrohttpd is done with the request; the connection may be gone.
  func finish() {
    let stream: EventStream? = stage.withLock { stage in
      defer { stage = .sent(nil) }
      return switch stage {
      case .sent(let stream): stream
      case .answered(let response, _): response.stream
      case .receiving, .answering: nil
      }
    }
    stream?.detach()
  }
}

extension Response {
  var stream: EventStream? { if case .events(let stream) = body { stream } else { nil } }
}
