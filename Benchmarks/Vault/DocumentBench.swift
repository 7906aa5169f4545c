import Contracts
import Core
import Documents
import Glibc
import Store
import Vault

/// A document through the service, from a file and into a file, against `openssl enc` reading and writing the same
/// file. Goal: 70 %.
///
/// Both sides read and write whole files and bring what they have sealed to the disk; ours also authenticates, inspects
/// the content and files a row, which `openssl enc` does not.
struct DocumentBench {
  private static let megabyteCount = 96
  private static let roundCount = 7

  func run() async throws {
    let bench = try await BenchVault()
    let plain = "\(bench.directory)/plain"
    let other = "\(bench.directory)/other"
    let documents = try await service(in: bench)
    let subject = try await bench.store.write { [vault = bench.vault] in try vault.createSubject(in: $0) }
    try write(pdf(byteCount: Self.megabyteCount << 20), to: plain)
    var (seal, bareSeal, open, bareOpen) = (Double.infinity, Double.infinity, Double.infinity, Double.infinity)
    var bareSealUnsynced = Double.infinity
    // In turn, so that other work on the machine disturbs both alike.
    for _ in 0..<Self.roundCount {
      var id: DocumentID?
      seal = min(
        seal, try await seconds { id = try await documents.store(FileChunks(plain), of: subject) { _, _ in }.id })
      bareSealUnsynced = min(bareSealUnsynced, try await seconds { try enc(["-in", plain, "-out", other]) })
      bareSeal = min(
        bareSeal,
        try await seconds {
          try enc(["-in", plain, "-out", other])
          try sync(other)
        })
      let opening = DocumentFile(id: id, path: other)
      open = min(open, try await seconds { try await opening.copy(from: documents) })
      bareOpen = min(bareOpen, try await seconds { try enc(["-d", "-in", plain, "-out", other]) })
      try await bench.store.write { transaction in try documents.removeAll(of: subject, in: transaction) }
    }
    print(
      line("seal", seal, bareSeal) + " (both on the disk); openssl enc without fsync \(rate(bareSealUnsynced)) MB/s")
    print(line("open", open, bareOpen))
    print("memory \(peakMegabytes()) MB at most, of which the document's own \(Self.megabyteCount) MB were made here")
    await bench.remove()
  }

  private func service(in bench: BenchVault) async throws -> any DocumentService {
    try write(Array("{ kilobytesPerDocument: 102400 }".utf8), to: "\(bench.directory)/documents.json5")
    var services = ServiceRegistry()
    services.provide(Store.self, bench.store)
    services.provide((any DocumentSealing).self, bench.vault)
    services.provide((any ErasureService).self, bench.vault)
    services.provide((any HoldingService).self, bench.vault)
    services.provide((any WallClock).self, SystemClock())
    services.provide((any RandomSource).self, SystemRandom())
    services.provide((any Log).self, SilentLog())
    services.provide(StateDirectory.self, StateDirectory(path: bench.directory))
    services.provide(ConfigurationDirectory.self, ConfigurationDirectory(path: bench.directory))
    let module = try DocumentsModule(services: services)
    module.provide(to: &services)
    try await bench.store.migrate(VaultModule.schemas + [DocumentsModule.schema])
    try await module.start()
    return services.require((any DocumentService).self)
  }

  private func enc(_ arguments: [String]) throws {
    let key = String(repeating: "07", count: 32)
    let words =
      ["openssl", "enc", "-aes-256-ctr", "-K", key, "-iv", String(repeating: "01", count: 16)] + arguments
    var pointers: [UnsafeMutablePointer<CChar>?] = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { unsafe pointers.forEach { unsafe free($0) } }
    var child: pid_t = 0
    var status: Int32 = 0
    guard unsafe posix_spawnp(&child, "openssl", nil, nil, &pointers, environ) == 0,
      unsafe waitpid(child, &status, 0) == child, status == 0
    else { throw BenchFailure.openssl }
  }

  private func sync(_ path: String) throws {
    let file = unsafe Glibc.open(path, O_RDONLY)
    defer { close(file) }
    guard fsync(file) == 0 else { throw BenchFailure.file }
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    let file = unsafe Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    defer { close(file) }
    guard unsafe Glibc.write(file, bytes, bytes.count) == bytes.count else { throw BenchFailure.file }
  }

  private func pdf(byteCount: Int) -> [UInt8] {
    Array("%PDF-1.7\n".utf8) + SeededRandom(seed: 1).bytes(byteCount) + Array("\nstartxref\n0\n%%EOF\n".utf8)
  }

  private func rate(_ seconds: Double) -> String { short(Double(Self.megabyteCount) / seconds) }

  private func line(_ name: String, _ ours: Double, _ bare: Double) -> String {
    "\(name) \(rate(ours)) MB/s, openssl enc \(rate(bare)) MB/s, \(short(100 * bare / ours)) %"
  }
}

private enum BenchFailure: Error {
  case openssl
  case file
}

/// One opened document on its way into a file.
private struct DocumentFile {
  let id: DocumentID?
  let path: String

  func copy(from documents: any DocumentService) async throws {
    guard let id else { return }
    let content = try await documents.open(id, for: .service, as: .officer(OfficerID(1), .supervisor))
    let file = unsafe Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    defer { close(file) }
    for try await chunk in content.chunks {
      guard unsafe write(file, chunk, chunk.count) == chunk.count else { throw BenchFailure.file }
    }
  }
}

/// A file in pieces.
private struct FileChunks: AsyncSequence, Sendable {
  let path: String

  init(_ path: String) { self.path = path }

  final class Iterator: AsyncIteratorProtocol {
    private let file: Int32

    init(_ path: String) { file = unsafe Glibc.open(path, O_RDONLY) }

    func next() async throws -> [UInt8]? {
      let file = file
      let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
        count = Swift.max(0, unsafe read(file, buffer.baseAddress, 65_536))
      }
      return bytes.isEmpty ? nil : bytes
    }

    deinit { close(file) }
  }

  func makeAsyncIterator() -> Iterator { Iterator(path) }
}
