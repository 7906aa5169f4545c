import Core
import Glibc

/// Where the root key is looked for; a platform value that the composition root provides.
///
/// First the systemd credential `gapura.root-key` (`LoadCredentialEncrypted=`), then a file of the same name in
/// the state directory, which is for development: it lies beside the very data that it protects.
public struct RootKeySource: Sendable {
  /// The credential's name, and the file's.
  public static let name = "gapura.root-key"

  private let credentialsDirectory: String?
  private let stateDirectory: String

  /// - Parameter credentialsDirectory: the value of `$CREDENTIALS_DIRECTORY`; nil where systemd has set none.
  public init(credentialsDirectory: String?, stateDirectory: String) {
    self.credentialsDirectory = credentialsDirectory
    self.stateDirectory = stateDirectory
  }

  /// The file of the state directory, whether it is there or not.
  public var developmentFile: String { "\(stateDirectory)/\(Self.name)" }

  /// Where the key ring lies: in the state directory, beside the database.
  var keyRing: KeyRingPlace { KeyRingPlace(directory: stateDirectory) }

  /// Reads the key.
  ///
  /// - Throws: `Problem` `vault.root-key-missing`, `vault.root-key-mode`, `vault.root-key-size`,
  ///   `vault.root-key-unreadable`.
  func read() throws -> RootKey {
    if let directory = credentialsDirectory {
      let credential = "\(directory)/\(Self.name)"
      // systemd gives credentials a mode of its own (0400) in a directory that only the service may enter.
      if unsafe access(credential, F_OK) == 0 { return try RootKeyFile.read(credential, modeAllowed: nil) }
    }
    return try RootKeyFile.read(developmentFile, modeAllowed: 0o600)
  }
}
