import Contracts
import Core
import Store
import Synchronization

/// How many people have no key in the ring and were not erased: their data cannot be opened. How far the ring and the
/// data have come does not tell: a ring that was put back goes on from there, and comes as far as another one without the
/// people whom that had.
struct MissingKeys: Sendable, Equatable {
  private static let pageCount = 1000

  let count: Int
  /// All the people in the data, the erased ones too.
  let total: Int

  /// Compares the numbers of all people with those in the ring, a page at a time; a million people take some seconds.
  static func counted(_ keyRing: KeyRing, in store: Store) async throws -> MissingKeys {
    var (count, total) = (0, 0)
    var last = SubjectID(-1)
    while true {
      let page = try await store.read { [last] snapshot in
        try snapshot.rows(
          "SELECT subject FROM vault_subjects WHERE subject > \(last) ORDER BY subject LIMIT \(pageCount)"
        ) { row in try row.get(0) as SubjectID }
      }
      guard let end = page.last else { return MissingKeys(count: count, total: total) }
      count += try keyRing.strangers(among: page).count
      total += page.count
      last = end
    }
  }

  /// What a sysadmin is told, with the mend; nil while no key is missing.
  func sentence(state: String) -> String? {
    guard count > 0 else { return nil }
    return "the keys of \(count) of \(total) people are missing in the key ring: their data cannot be opened; a copy "
      + "of the ring that has them brings them back: stop the service, "
      + "gapura restore \(state) --ring DIRECTORY, start it; "
      + "gapura vault check names what does not open"
  }
}

/// Counts at the start and in a round, for health.
final class KeyWatch: Sendable {
  private static let interval = Duration.hours(1)

  private let vault: Vault
  private let found = Mutex<MissingKeys?>(nil)
  private let periodic = Periodic(every: KeyWatch.interval, jitter: .minutes(1))

  init(vault: Vault) { self.vault = vault }

  /// What a sysadmin is told; nil while no key is missing. Counts where it has not been done yet.
  func trouble() async -> String? {
    if found.withLock({ $0 }) == nil { await count() }
    return found.withLock { $0 }?.sentence(state: vault.keyRingDirectory)
  }

  /// Counts, and says once that there are some.
  func look() async throws {
    let missing = try await vault.missingKeys()
    let before = found.withLock { found in
      defer { found = missing }
      return found
    }
    guard missing.count != before?.count ?? 0, let sentence = missing.sentence(state: vault.keyRingDirectory) else {
      return
    }
    vault.log.error("keys of people are missing", ["vault.missing": sentence])
  }

  func start() { periodic.start { await self.count() } }

  /// Where it cannot be done, as on damaged pages, others say so; the hall goes on.
  private func count() async {
    do {
      try await look()
    } catch {
      vault.log.warning("the keys of people were not counted", ["reason": error.inLog])
    }
  }

  func stop() async { await periodic.stop() }
}
