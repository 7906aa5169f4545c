internal import Core

/// Receives a body within its limits.
struct BodyReader {
  private enum Kind {
    case form(FormReader)
    case upload(FormReader, UploadPipe)
    case bytes([UInt8])
    case refused(Problem)
  }

  private var kind: Kind
  private let byteCountMax: Int
  private let tooLarge: Problem
  private let discardedByteCountMax: Int
  private var byteCount = 0

  init(_ plan: BodyPlan, _ headers: RequestHeaders, discardedByteCountMax: Int) {
    self.discardedByteCountMax = discardedByteCountMax
    switch plan {
    case .form(let byteCountMax, let fieldCountMax):
      self.byteCountMax = byteCountMax
      tooLarge = .bodyTooLarge(byteCountMax)
      kind = .form(FormReader(headers, fieldCountMax: fieldCountMax))
    case .upload(let byteCountMax, let fieldCountMax, let tooLarge):
      self.byteCountMax = byteCountMax
      self.tooLarge = tooLarge
      let pipe = UploadPipe()
      kind = .upload(FormReader(headers, fieldCountMax: fieldCountMax, pipe: pipe), pipe)
    case .bytes(let byteCountMax):
      self.byteCountMax = byteCountMax
      tooLarge = .bodyTooLarge(byteCountMax)
      kind = .bytes([])
    case .refused(let problem):
      byteCountMax = 0
      tooLarge = problem
      kind = .refused(problem)
    }
  }

  /// Takes the next bytes; false when so much came that even throwing it away is too much.
  mutating func read(_ bytes: [UInt8]) -> Bool {
    byteCount += bytes.count
    if byteCount > byteCountMax { refuse() }
    switch kind {
    case .form(let reader), .upload(let reader, _): reader.read(bytes)
    case .bytes(var collected):
      kind = .bytes([])
      collected += bytes
      kind = .bytes(collected)
    case .refused: return byteCount <= discardedByteCountMax
    }
    return true
  }

  /// What came, after the last byte.
  func finish() -> ReceivedBody {
    switch kind {
    case .form where byteCount == 0: .form(FormInput())
    case .form(let reader): reader.finish()
    case .upload(let reader, let pipe): finish(reader, pipe)
    case .bytes(let bytes): .bytes(bytes)
    case .refused(let problem): .refused(problem)
    }
  }

  /// What a handler can begin with: there as soon as the first file has begun.
  var beginning: (body: ReceivedBody, pipe: UploadPipe)? {
    guard case .upload(let reader, let pipe) = kind, reader.hasReachedFile else { return nil }
    return (.upload(reader.fields, Uploads(pipe: pipe)), pipe)
  }

  private func finish(_ reader: FormReader, _ pipe: UploadPipe) -> ReceivedBody {
    if case .refused(let problem) = reader.finish() {
      pipe.fail(problem)
      return .refused(problem)
    }
    pipe.finish()
    return .upload(reader.fields, Uploads(pipe: pipe))
  }

  private mutating func refuse() {
    if case .refused = kind { return }
    if case .upload(_, let pipe) = kind { pipe.fail(tooLarge) }
    kind = .refused(tooLarge)
  }
}

extension Problem {
  /// The body is larger than the route takes.
  static func bodyTooLarge(_ byteCountMax: Int) -> Problem {
    Problem(.tooLarge, "too-large", ["kilobytes": String(byteCountMax / 1024)])
  }
}
