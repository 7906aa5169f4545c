/// A person who looks over a browser's shoulder, as a record of all pages is made.
///
///     try Browser.$witness.withValue(recorder) { try walk(office) }
public protocol BrowserWitness: Sendable {
  /// A request is about to be sent to a server on that port.
  func willAsk(_ method: String, at port: UInt16)
  /// A request was answered; of a stream of events only how the answer begins.
  func saw(_ exchange: BrowserExchange)
}

/// A request and its answer, with numbers and codes in addresses as the person knows them.
public struct BrowserExchange: Sendable {
  public let method: String
  /// With its query.
  public let path: String
  public let answer: Answer
}
