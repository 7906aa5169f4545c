import Core
import Crypto
import Vault

/// Records sealed and opened per second of processor time, against bare libcrypto on the same bytes. Goal: 60 %.
struct SealBench {
  private static let count = 200_000

  func run() throws {
    let library = try CryptoLibrary()
    let key = try library.randomKey()
    for byteCount in [128, 256, 1_024, 4_096] {
      let plaintext = try library.randomSecret(byteCount: byteCount)
      // As many bytes of associated data as a record has.
      let binding = AssociatedData("gapura/v1/record").adding(4_503_599_627_370_495).adding("travel-document").adding(1)
        .adding(1)
      let envelope = try library.seal(plaintext, under: key, binding: binding)
      let (sealed, bareSealed) = try best {
        for _ in 0..<Self.count { _ = try library.seal(plaintext, under: key, binding: binding) }
      } than: {
        BareGCM.seal(Self.count, byteCount: byteCount, associatedByteCount: binding.bytes.count)
      }
      let (opened, bareOpened) = try best {
        for _ in 0..<Self.count { discard(try library.open(envelope, under: key, binding: binding)) }
      } than: {
        BareGCM.open(Self.count, byteCount: byteCount, associatedByteCount: binding.bytes.count)
      }
      print("\(byteCount) bytes: " + line("seal", sealed, bareSealed) + "; " + line("open", opened, bareOpened))
    }
  }

  private func discard(_ secret: consuming SecretBytes) {}

  /// The least of five runs each, taken in turn: other work on the machine disturbs both alike.
  private func best(_ ours: () throws -> Void, than bare: () -> Void) rethrows -> (Double, Double) {
    var (least, bareLeast) = (Double.infinity, Double.infinity)
    for _ in 0..<5 {
      least = min(least, try processorSeconds(ours))
      bareLeast = min(bareLeast, processorSeconds(bare))
    }
    return (least, bareLeast)
  }

  private func line(_ name: String, _ seconds: Double, _ bare: Double) -> String {
    let (rate, bareRate) = (Double(Self.count) / seconds, Double(Self.count) / bare)
    return "\(name) \(short(rate))/s, bare \(short(bareRate))/s, \(short(100 * rate / bareRate)) %"
  }
}
