/// How people reach the portal from outside, without a slash at its end: `https://antre.example.go.id`.
///
/// QR codes on receipts and tickets lead there; everything else on a page is a local path.
public struct PublicAddress: Sendable, Equatable {
  /// Scheme, host and, where it is not the scheme's own, port.
  public let origin: String

  /// The address of an origin, as the configuration gives it.
  public init(_ origin: String) { self.origin = origin }

  /// The whole address of a local path such as `/tiket/ABC`.
  public func appending(_ path: String) -> String { origin + path }
}
