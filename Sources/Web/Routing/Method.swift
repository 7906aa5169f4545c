/// The methods that routes may name. HEAD is answered like GET, without the body.
public enum Method: String, Sendable, CaseIterable, Comparable {
  /// Reads, and changes nothing.
  case get = "GET"
  /// Does something once.
  case post = "POST"
  /// Puts a whole thing in its place.
  case put = "PUT"
  /// Changes a part of a thing.
  case patch = "PATCH"
  /// Takes a thing away.
  case delete = "DELETE"

  /// The method of a request line; nil for those that no route can name.
  init?(requestLine text: String) {
    self.init(rawValue: text == "HEAD" ? "GET" : text)
  }

  /// Whether a request with this method may change something, and so needs proof of where it comes from.
  public var mayChange: Bool { self != .get }

  /// By name, for lists that always look the same.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
