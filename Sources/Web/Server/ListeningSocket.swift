internal import Core

#if canImport(Glibc)
  internal import Glibc
#endif

/// A TCP socket that listens. Its owner closes it.
struct ListeningSocket: Sendable {
  /// The accept queue: a burst of new visitors at the hour at which slots are released.
  private static let backlogMax: Int32 = 1024

  let descriptor: Int32
  /// Whether it was opened here, and not passed in.
  let isOurs: Bool

  /// Takes over a socket that listens already, such as one from systemd (sd_listen_fds(3)).
  init(adopting descriptor: Int32) {
    self.descriptor = descriptor
    isOurs = false
  }

  /// Opens a socket at an address of this machine; port 0 means any free one.
  ///
  /// - Throws: why not.
  init(address: String, port: UInt16) throws(WebServer.Hindrance) {
    guard let endpoint = Endpoint(address: address, port: port) else { throw .notHere }
    do throws(SystemCallFailure) {
      descriptor = try endpoint.listen(backlog: Self.backlogMax)
    } catch {
      throw Self.hindrance(error)
    }
    isOurs = true
  }

  /// What an error of socket(2), bind(2) or listen(2) means.
  private static func hindrance(_ failure: SystemCallFailure) -> WebServer.Hindrance {
    switch failure.code {
    // Without IPv6 no address of it is this machine's.
    case EADDRNOTAVAIL, EAFNOSUPPORT: .notHere
    case EADDRINUSE: .taken
    case EACCES, EPERM: .forbidden
    default: .other(failure.reason)
    }
  }

  /// Closes the descriptor; once.
  func close() { _ = Glibc.close(descriptor) }

  /// Turns new clients away at once. One that was passed in goes on listening for its owner: clients
  /// that connect meanwhile are served by the next process.
  func refuse() {
    if isOurs { Endpoint.refuse(descriptor) }
  }

  /// Where it listens; nil for a socket of the Unix family.
  var endpoint: Endpoint? { Endpoint(of: descriptor) }
}
