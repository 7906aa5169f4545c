import Core
import Crypto
import Glibc

/// Where the root key is looked for; a platform value that the composition root provides.
///
/// First the systemd credential `gapura.root-key` (`LoadCredentialEncrypted=`), then a file of the same name in
/// the state directory, which is for development: it lies beside the very data that it protects. A command that root
/// gives outside the service finds what the service's unit is loaded with: `root-key.cred` or `root-key` of the
/// configuration directory.
public struct RootKeySource: Sendable {
  /// The credential's name, and the file's.
  public static let name = "gapura.root-key"

  private let credentialsDirectory: String?
  private let stateDirectory: String
  private let configurationDirectory: String?
  private let keyRingDirectory: String
  /// nil where the command was not given by root.
  private let rights: AdministratorRights?

  /// - Parameters:
  ///   - credentialsDirectory: the value of `$CREDENTIALS_DIRECTORY`; nil where systemd has set none.
  ///   - configurationDirectory: where an administrator's command finds the key; nil for the service itself.
  ///   - keyRingDirectory: where the key ring lies, when that is not the state directory: a copy is tried elsewhere, and
  ///     the key for it stays where it is.
  ///   - rights: how such a command becomes root for a moment.
  public init(
    credentialsDirectory: String?, stateDirectory: String, configurationDirectory: String? = nil,
    keyRingDirectory: String? = nil, rights: AdministratorRights? = nil
  ) {
    self.credentialsDirectory = credentialsDirectory
    self.stateDirectory = stateDirectory
    self.configurationDirectory = configurationDirectory
    self.keyRingDirectory = keyRingDirectory ?? stateDirectory
    self.rights = rights
  }

  /// The file of the state directory, whether it is there or not.
  public var developmentFile: String { "\(stateDirectory)/\(Self.name)" }

  /// Where the key ring lies: in the state directory, beside the database.
  var keyRing: KeyRingFiles { KeyRingFiles(directory: keyRingDirectory) }

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
    if unsafe access(developmentFile, F_OK) != 0, let configurationDirectory, let rights {
      let (credential, file) = ("\(configurationDirectory)/root-key.cred", "\(configurationDirectory)/root-key")
      if unsafe access(credential, F_OK) == 0 { return try credentialTool.readRootKey(at: credential) }
      if unsafe access(file, F_OK) == 0 { return try rights.use { try RootKeyFile.read(file, modeAllowed: 0o600) } }
    }
    return try RootKeyFile.read(developmentFile, modeAllowed: 0o600)
  }

  /// Reads a key from a file that an administrator names.
  ///
  /// - Throws: as `read`.
  func readFile(_ path: String) throws -> RootKey {
    try rights.use { try RootKeyFile.read(path, modeAllowed: 0o600) }
  }

  /// Writes a key to a file that an administrator names: root's, unless it lies among the state owner's own.
  ///
  /// - Throws: `Problem` `vault.root-key-exists`, `vault.root-key-unwritable`.
  func write(_ key: borrowing RootKey, to path: String) throws {
    if path.hasPrefix(stateDirectory + "/") { return try RootKeyFile.create(path, key) }
    try rights.use { try RootKeyFile.create(path, key) }
  }

  /// What encrypts credentials for this machine, which only root may ask for.
  var credentialTool: CredentialTool { CredentialTool(rights: rights) }
}
