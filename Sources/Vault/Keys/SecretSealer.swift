import Contracts
import Core
import Crypto

/// Seals modules' secrets under keys that come from the office key.
struct SecretSealer: SecretSealing {
  let vault: Vault

  func seal(
    _ secret: borrowing SecretBytes, for purpose: StaticString, binding associated: AssociatedData
  ) throws -> [UInt8] {
    let opened = try vault.opened
    let key = try opened.keyRing.officeKey.key(for: .sealing(purpose.description), library: opened.library)
    return try opened.library.seal(secret, under: key, binding: associated)
  }

  func open(
    _ sealed: [UInt8], for purpose: StaticString, binding associated: AssociatedData
  ) throws -> SecretBytes {
    let opened = try vault.opened
    do {
      let key = try opened.keyRing.officeKey.key(for: .sealing(purpose.description), library: opened.library)
      return try opened.library.open(sealed, under: key, binding: associated)
    } catch {
      throw Problem(.fault, "vault.unreadable")
    }
  }

  func derive(byteCount: Int, for purpose: StaticString, from associated: AssociatedData) throws -> SecretBytes {
    let opened = try vault.opened
    let key = try opened.keyRing.officeKey.key(for: .secrets(purpose.description), library: opened.library)
    return try opened.library.derive(from: key, info: associated.bytes, byteCount: byteCount)
  }
}
