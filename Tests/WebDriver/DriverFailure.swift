/// What the browser or its driver could not do.
public struct DriverFailure: Error, Equatable, CustomStringConvertible {
  /// WebDriver's error code, such as `no such element`; `timeout` for a fact that did not come true.
  public let code: String
  public let message: String

  public init(_ code: String, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { "\(code): \(message)" }
}
