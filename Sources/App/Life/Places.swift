import Core
import FoundationEssentials
import Glibc

/// Where this process finds and keeps its things.
///
/// Under systemd the directories come from the unit (`STATE_DIRECTORY`, `RUNTIME_DIRECTORY`,
/// `CONFIGURATION_DIRECTORY`); elsewhere from options, else from Debian's usual places.
struct Places: Sendable {
  /// The options that say where; commands of modules do not see them.
  static let options: Set<String> = ["config", "state", "runtime", "share", "cache"]

  /// What the unit's `RuntimeDirectory=` makes.
  static let runtimeOfUnit = "/run/gapura"

  let configuration: ConfigurationDirectory
  let state: String
  let runtime: String
  let share: String
  /// What can be made again; inside the state directory unless the service manager gives one.
  let cache: String

  init(options: [String: String], environment: [String: String]) {
    func place(_ option: String, _ variable: String, _ usual: String) -> String {
      options[option] ?? environment[variable]?.split(separator: ":").first.map(String.init) ?? usual
    }
    configuration = ConfigurationDirectory(path: place("config", "CONFIGURATION_DIRECTORY", "/etc/gapura"))
    state = place("state", "STATE_DIRECTORY", "/var/lib/gapura")
    runtime = place("runtime", "RUNTIME_DIRECTORY", Self.runtimeOfUnit)
    share = place("share", "GAPURA_SHARE", "/usr/share/gapura")
    cache = place("cache", "CACHE_DIRECTORY", "\(state)/cache")
  }

  var database: String { "\(state)/gapura.db" }
  var keyRing: String { "\(state)/keyring.db" }
  /// The sealed documents.
  var documents: String { "\(state)/documents" }
  var locales: String { "\(share)/locales" }
  var guides: String { "\(share)/guides" }
  /// What is tried first as a password.
  var passwords: String { "\(share)/passwords" }
  var assets: String { "\(share)/assets" }

  /// Where administrators' commands reach the running daemon.
  var control: String { socket(ControlSocket.name) }

  /// The kiosk's socket of that name in the runtime directory.
  func socket(_ name: String) -> String { "\(runtime)/\(name)" }

  /// Makes the state directory, closed to others, where no service manager has made it.
  func prepareState() throws { try prepare(state) }

  /// - Throws: `Problem` `state.readable` when other accounts may enter or read the state directory.
  func requirePrivateState() throws {
    var status = stat()
    guard unsafe stat(state, &status) == 0, status.st_mode & 0o077 != 0 else { return }
    throw Problem(
      .unavailable, "state.readable", ["path": state, "mode": String(status.st_mode & 0o7777, radix: 8)])
  }

  /// A state directory without a database, but with what belongs to one, has lost it: a new one would be an empty office that
  /// passes for the whole.
  ///
  /// - Throws: `Problem` `state.data-missing`.
  func requireData() throws {
    var status = stat()
    guard unsafe stat(database, &status) != 0 || status.st_size == 0 else { return }
    let files = FileManager.default
    let sealed = ((try? files.contentsOfDirectory(atPath: documents)) ?? []).filter { $0 != "arriving" }
    let left = [keyRing].filter(files.fileExists) + (sealed.isEmpty ? [] : [documents])
    guard !left.isEmpty else { return }
    throw Problem(
      .invalid, "state.data-missing", ["path": database, "list": left.joined(separator: ", ")])
  }

  /// Makes the directory of the server's sockets likewise.
  func prepareRuntime() throws { try prepare(runtime) }

  /// - Throws: `Problem` `directory.not-made`.
  private func prepare(_ directory: String) throws {
    guard !FileManager.default.fileExists(atPath: directory) else { return }
    do {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      let reason = ((error as? CocoaError)?.underlying as? POSIXError)?.code.rawValue ?? EIO
      throw Problem(
        .unavailable, "directory.not-made",
        ["path": directory, "reason": unsafe String(cString: strerror(reason))])
    }
  }
}
