import Glibc
import Synchronization

/// Whether this machine's kiosks ask where nothing answers: at the socket of `gapura.socket`, while the service was started
/// without it and listens at one of its own.
final class KioskEntrance: Sendable {
  /// Where `gapura.socket` listens, and where the units of kiosks and displays ask. Its file stays when the socket is given up.
  private let socketOfUnit: String
  private let own = Mutex<String?>(nil)

  init(socketOfUnit: String = "/run/gapura-kiosk") { self.socketOfUnit = socketOfUnit }

  /// Notes that no socket for kiosks was handed over, and where the service listens for them instead.
  func note(ownSocket path: String) { own.withLock { $0 = path } }

  /// What is wrong and how to mend it, in one sentence; nil where kiosks are heard, or there is no other socket.
  var report: String? {
    guard let path = own.withLock({ $0 }), unsafe access(socketOfUnit, F_OK) == 0 else { return nil }
    return "the service was started without gapura.socket and listens for kiosks at \(path), while they ask at "
      + "\(socketOfUnit), where nothing answers; systemctl restart gapura brings the socket back"
  }
}
