import Core
import Crypto
import CryptoHarness
import Expectations
import Foundation
import Synchronization
import VaultHarness
import XCTest

@testable import Vault

final class RootKeyTests: XCTestCase {
  private func code(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return (error as? Problem)?.code ?? "\(error)"
    }
  }

  private func source(_ directory: String, credentials: String? = nil) -> RootKeySource {
    RootKeySource(credentialsDirectory: credentials, stateDirectory: directory)
  }

  private func makeFile(atPath path: String, contents: Data, mode: Int) {
    XCTAssertTrue(
      FileManager.default.createFile(atPath: path, contents: contents, attributes: [.posixPermissions: mode]))
  }

  func testAFreshKeyFileIsForItsOwnerOnlyAndCanBeRead() throws {
    let directory = try temporaryDirectory()
    let library = try CryptoLibrary()
    let previous = umask(0)
    defer { umask(previous) }
    let path = source(directory).developmentFile
    try RootKeyFile.create(path, library: library)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    XCTAssertEqual(attributes[.posixPermissions] as? Int, 0o600)
    XCTAssertEqual(attributes[.size] as? Int, 32)
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: directory), [RootKeySource.name])
    let key = try source(directory).read()
    let again = try source(directory).read()
    XCTAssertEqual(
      bytes(try key.key(for: .canary, library: library)), bytes(try again.key(for: .canary, library: library)))
    XCTAssertNotEqual(
      bytes(try key.key(for: .canary, library: library)), bytes(try key.key(for: .keyWrapping, library: library)))
  }

  func testAnExistingKeyIsNeverOverwritten() throws {
    let path = source(try temporaryDirectory()).developmentFile
    try RootKeyFile.create(path, library: CryptoLibrary())
    let before = FileManager.default.contents(atPath: path)
    XCTAssertEqual(code { try RootKeyFile.create(path, library: CryptoLibrary()) }, "vault.root-key-exists")
    XCTAssertEqual(FileManager.default.contents(atPath: path), before)
  }

  func testEveryModeButOwnerReadAndWriteIsRefusedWithTheCommandThatMendsIt() throws {
    let directory = try temporaryDirectory()
    let path = source(directory).developmentFile
    try RootKeyFile.create(path, library: CryptoLibrary())
    for mode in [0o400, 0o640, 0o604, 0o644, 0o660, 0o666, 0o700, 0o4600] {
      XCTAssertEqual(chmod(path, mode_t(mode)), 0)
      XCTAssertThrowsError(try { _ = try source(directory).read() }()) { error in
        let problem = error as? Problem
        XCTAssertEqual(problem?.code, "vault.root-key-mode", String(mode, radix: 8))
        XCTAssertEqual(problem?.arguments["mode"], String(mode, radix: 8))
        XCTAssertEqual(problem?.arguments["path"], path)
      }
    }
    XCTAssertEqual(chmod(path, 0o600), 0)
    XCTAssertNil(code { _ = try source(directory).read() })
  }

  func testAnAdministratorsCommandFindsTheServicesKeyAndIsRootOnlyWhileItReadsIt() throws {
    let (state, configuration) = (try temporaryDirectory(), try temporaryDirectory())
    let library = try CryptoLibrary()
    try RootKeyFile.create("\(configuration)/root-key", library: library)
    let turns = Mutex<[String]>([])
    let rights = AdministratorRights(
      take: { turns.withLock { $0.append("root") } }, giveBack: { turns.withLock { $0.append("owner") } })
    let asRoot = RootKeySource(
      credentialsDirectory: nil, stateDirectory: state, configurationDirectory: configuration, rights: rights)
    let asOther = RootKeySource(
      credentialsDirectory: nil, stateDirectory: state, configurationDirectory: configuration)
    XCTAssertEqual(
      code { _ = try asOther.read() }, "vault.root-key-missing", "the service has a credential, or nothing")
    let installed = try asRoot.read().name(library: library)
    XCTAssertEqual(turns.withLock { $0 }, ["root", "owner"])
    XCTAssertEqual(chmod("\(configuration)/root-key", 0o644), 0)
    XCTAssertEqual(code { _ = try asRoot.read() }, "vault.root-key-mode")
    XCTAssertEqual(turns.withLock { $0.last }, "owner", "also when it fails")
    // A development key of the state directory is the one that the service itself would take.
    try RootKeyFile.create(asRoot.developmentFile, library: library)
    XCTAssertNotEqual(try asRoot.read().name(library: library), installed)
  }

  func testMissingShortLongAndLinkedKeysAreRefusedByName() throws {
    let directory = try temporaryDirectory()
    let path = source(directory).developmentFile
    XCTAssertEqual(code { _ = try source(directory).read() }, "vault.root-key-missing")
    for count in [0, 31, 33] {
      makeFile(
        atPath: path, contents: Data(repeating: 1, count: count), mode: 0o600)
      XCTAssertEqual(code { _ = try source(directory).read() }, "vault.root-key-size")
    }
    try FileManager.default.removeItem(atPath: path)
    try RootKeyFile.create("\(directory)/elsewhere", library: CryptoLibrary())
    XCTAssertEqual(symlink("\(directory)/elsewhere", path), 0)
    XCTAssertEqual(code { _ = try source(directory).read() }, "vault.root-key-unreadable")
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    XCTAssertEqual(code { _ = try source(directory).read() }, "vault.root-key-unreadable")
  }

  func testTheCredentialComesBeforeTheFile() throws {
    let (state, credentials) = (try temporaryDirectory(), try temporaryDirectory())
    let library = try CryptoLibrary()
    try RootKeyFile.create(source(state).developmentFile, library: library)
    let fromFile = try source(state, credentials: credentials).read().key(for: .canary, library: library)
    let credential = "\(credentials)/\(RootKeySource.name)"
    makeFile(
      atPath: credential, contents: Data(repeating: 7, count: 32), mode: 0o400)
    let fromCredential = try source(state, credentials: credentials).read().key(for: .canary, library: library)
    XCTAssertNotEqual(bytes(fromFile), bytes(fromCredential))
  }

  func testTheCredentialToolGetsAWholeKeyOnItsInput() async throws {
    let directory = try temporaryDirectory()
    let tool = "\(directory)/creds"
    let script = "#!/bin/sh\n[ \"$1 $2 $3\" = 'encrypt --name=gapura.root-key -' ] && cat > \"$4\"\n"
    makeFile(
      atPath: tool, contents: Data(script.utf8), mode: 0o700)
    try await CredentialTool(program: tool).createRootKey(at: "\(directory)/out", library: CryptoLibrary())
    let size = try FileManager.default.attributesOfItem(atPath: "\(directory)/out")[.size] as? Int
    XCTAssertEqual(size, 32)
    let again = await failure {
      try await CredentialTool(program: tool).createRootKey(at: "\(directory)/out", library: CryptoLibrary())
    }
    XCTAssertEqual((again as? Problem)?.code, "vault.root-key-exists")
    let missing = await failure {
      try await CredentialTool(program: "\(directory)/none").createRootKey(
        at: "\(directory)/other", library: CryptoLibrary())
    }
    XCTAssertEqual((missing as? Problem)?.code, "vault.credential-failed")
    let failing = await failure {
      try await CredentialTool(program: "false").createRootKey(at: "\(directory)/other", library: CryptoLibrary())
    }
    XCTAssertEqual((failing as? Problem)?.arguments["reason"], "exit status 1")
  }
}
