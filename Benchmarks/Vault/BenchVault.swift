import Contracts
import Core
import Glibc
import Store
import Vault

/// A vault in a directory of its own, which goes when the benchmark ends.
final class BenchVault {
  let directory: String
  let store: Store
  let module: VaultModule
  var vault: Vault { module.vault }

  init() async throws {
    let base = unsafe getenv("GAPURA_BENCH_DIRECTORY").map { unsafe String(cString: $0) } ?? "/tmp"
    directory = "\(base)/gapura-bench-\(SystemRandom().uint64())"
    store = try Store.open(at: "\(directory)/gapura.db", clock: SystemClock(), log: SilentLog())
    var services = ServiceRegistry()
    services.provide(Store.self, store)
    services.provide((any WallClock).self, SystemClock())
    services.provide((any RandomSource).self, SystemRandom())
    services.provide((any Log).self, SilentLog())
    services.provide(RootKeySource.self, RootKeySource(credentialsDirectory: nil, stateDirectory: directory))
    module = try VaultModule(services: services)
    try await store.migrate(VaultModule.schemas)
    _ = try await run(["vault", "init"])
    try await vault.open()
  }

  /// Runs one of the module's commands.
  @discardableResult
  func run(_ path: [String], progress: @escaping @Sendable (CommandProgress) -> Void = { _ in }) async throws
    -> [String]
  {
    guard let command = module.commands().first(where: { $0.path == path }) else { return [] }
    let input = CommandInput(
      arguments: [], options: [:], readSecret: { _ in Personal("") }, showProgress: progress)
    return try await command.run(input).lines
  }

  func remove() async {
    await store.close()
    for name in [
      "gapura.db", "gapura.db-wal", "gapura.db-shm", "keyring.db", "keyring.db-wal", "keyring.db-shm",
      "keyring.lock", RootKeySource.name, "plain", "other", "documents.json5",
    ] {
      unsafe _ = unlink("\(directory)/\(name)")
    }
    removeDocuments()
    unsafe _ = rmdir(directory)
  }
}

extension BenchVault {
  /// The sealed files that a benchmark of documents has left.
  private func removeDocuments() {
    let folder = "\(directory)/documents"
    if let listing = unsafe opendir(folder) {
      while let entry = unsafe readdir(listing) {
        let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
          unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
        }
        if name != "arriving", !name.hasPrefix(".") { unsafe _ = unlink("\(folder)/\(name)") }
      }
      unsafe _ = closedir(listing)
    }
    unsafe _ = rmdir("\(folder)/arriving")
    unsafe _ = rmdir(folder)
  }
}

/// A person as a form makes them, each with an identity number of her own: of her district and day of birth, which a woman's
/// counts from 41, and a serial number.
func person(_ number: Int) -> Biodata {
  let serialCount = 9_999
  let dayCount = 28 * 12
  let date = number / serialCount
  let (day, month, year) = (date % 28 + 1, date / 28 % 12 + 1, 60 + date / dayCount)
  return Biodata(
    fullName: "Siti Rahmawati Kusumaningrum \(number)",
    nik: "317305\(day + 40)\(padded(month, 2))\(year)\(padded(number % serialCount + 1, 4))",
    birthPlace: "Lubuk Basung",
    dateOfBirth: "19\(year)-\(padded(month, 2))-\(padded(day, 2))", sex: "P", nationality: "IDN")
}

private func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// Seconds that `body` took.
func seconds(_ body: () async throws -> Void) async rethrows -> Double {
  let clock = ContinuousClock()
  let start = clock.now
  try await body()
  let taken = clock.now - start
  return Double(taken.components.seconds) + Double(taken.components.attoseconds) / 1e18
}

/// A number with one decimal, or none from a hundred on.
func short(_ number: Double) -> String {
  number >= 100 ? String(Int(number.rounded())) : String((number * 10).rounded() / 10)
}

/// How much memory the process has used at most, in MB.
func peakMegabytes() -> Int {
  var usage = rusage()
  unsafe _ = getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss / 1024
}

/// Seconds of processor time that `body` took: other work on the machine does not change it, as it does the wall's time.
func processorSeconds(_ body: () throws -> Void) rethrows -> Double {
  let start = clock()
  try body()
  return Double(clock() - start) / 1_000_000
}
