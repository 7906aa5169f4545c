internal import Core

/// What is to be done with a request whose head has arrived.
enum Reception: Sendable {
  /// Answered on the spot.
  case answered(Response)
  /// Answered by a task once the body has arrived.
  case awaited(BodyPlan, answer: @Sendable (ReceivedBody) async -> Response)
}

/// What may come as a body.
enum BodyPlan: Sendable {
  case form(byteCountMax: Int, fieldCountMax: Int)
  /// Files go to the handler while they arrive.
  case upload(byteCountMax: Int, fieldCountMax: Int, tooLarge: Problem)
  case bytes(byteCountMax: Int)
  /// Read and thrown away; the answer is this problem.
  case refused(Problem)
}

/// What came.
enum ReceivedBody: Sendable {
  case form(FormInput)
  /// The fields before the first file; the files are still arriving.
  case upload(FormInput, Uploads)
  case bytes([UInt8])
  case refused(Problem)
}

/// Decides what becomes of requests. Called on the threads of the event loops: it must not wait.
protocol Receiving: Sendable {
  func receive(_ head: RequestHead) -> Reception
  /// The answer to what libmicrohttpd takes for no request, or for none that goes on as it began; `status` is what it would say.
  func malformed(_ head: RequestHead, status: Int) -> Response
  /// The answer when the server is about to stop, or a handler took too long.
  func unavailable(_ head: RequestHead) -> Response
  /// The answer when the client has its share, or all is taken.
  func crowded(_ head: RequestHead, secondsToWait: Int) -> Response
  /// So many bytes of a body have come.
  func note(_ byteCount: Int, from head: RequestHead)
}
