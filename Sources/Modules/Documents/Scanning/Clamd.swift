import Core

/// A conversation with clamd: one document through `INSTREAM` (clamd(8)).
///
/// `zINSTREAM\0`, then pieces with their length before them (four bytes, big-endian), then a length of zero; the answer
/// is `stream: OK`, `stream: NAME FOUND`, or words that end in `ERROR`, up to a zero byte.
struct Clamd: ~Copyable {
  enum Verdict: Equatable {
    case clean
    /// The signature's name.
    case infected(String)
  }

  enum Failure: Error, Equatable {
    /// No program listens, or it hung up, or took too long.
    case away
    /// The scanner answered that it cannot, in these words.
    case refused(String)
  }

  /// No answer of clamd's is longer.
  private static let answerByteCountMax = 1024

  private let connection: FileDescriptor

  private init(_ connection: consuming FileDescriptor) { self.connection = connection }

  /// Connects and announces a document.
  ///
  /// - Parameter timeout: how long any one step may take.
  static func begin(at address: SocketAddress, timeout: Duration) throws(Failure) -> Clamd {
    guard let connection = address.connect(timeout: timeout) else { throw .away }
    let clamd = Clamd(connection)
    try clamd.send(Array("zINSTREAM\0".utf8))
    return clamd
  }

  /// Sends the next piece of the document; not an empty one, which would end it.
  func take(_ piece: [UInt8]) throws(Failure) {
    guard !piece.isEmpty else { return }
    try send(Self.length(piece.count))
    try send(piece)
  }

  /// Ends the document and waits for the verdict.
  consuming func finish() throws(Failure) -> Verdict {
    try send(Self.length(0))
    let answer = try answer()
    if answer == "stream: OK" { return .clean }
    if answer.hasPrefix("stream: "), answer.hasSuffix(" FOUND") {
      return .infected(String(answer.dropFirst(8).dropLast(6)))
    }
    throw .refused(answer)
  }

  private static func length(_ count: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) }
  }

  /// clamd answers in the middle of a document that is too long for it, and hangs up: its words say more than the break.
  private func send(_ bytes: [UInt8]) throws(Failure) {
    guard connection.send(bytes) else { throw .refused(try answer()) }
  }

  private func answer() throws(Failure) -> String {
    var answer: [UInt8] = []
    while answer.count < Self.answerByteCountMax {
      guard let piece = connection.receive(atMost: 256), !piece.isEmpty else { throw .away }
      answer += piece
      guard let end = answer.firstIndex(of: 0) else { continue }
      return String(decoding: answer[..<end], as: UTF8.self)
    }
    throw .away
  }
}
