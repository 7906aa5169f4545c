import Contracts
import Core
import Crypto

/// Masked forms as they are kept: sealed under the person's data key like a record, but apart from it.
///
/// Four digits of a NIK are a hint all the same, so they do not stand in clear on the disk; and sealed under the person's
/// own key they go with it, from every backup too. A list of fifty people opens fifty small envelopes, which takes less
/// than a millisecond.
enum MaskCodec {
  /// The masked forms of what a record says; nil when it says nothing that a person is found by.
  static func encode(_ identities: [IdentityField: Personal<String>]) throws -> SecretBytes? {
    // A line each, since nothing else stands in it: JSON would take longer than sealing it does.
    let lines = identities.compactMap { field, value in
      field.normalise(value).map { "\(field.rawValue)=\(field.mask($0))" }
    }
    if lines.isEmpty { return nil }
    let text = Array(lines.sorted().joined(separator: "\n").utf8)
    return unsafe text.span.bytes.withUnsafeBytes { bytes in unsafe Padding.pad(bytes) }
  }

  /// What `encode` encoded.
  static func decode(_ padded: borrowing SecretBytes) throws -> [IdentityField: String] {
    try unsafe Padding.withUnpadded(padded) { bytes in
      var byField: [IdentityField: String] = [:]
      for line in unsafe String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
        let parts = line.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, let field = IdentityField(rawValue: String(parts[0])) else {
          throw CryptoFailure.malformed
        }
        byField[field] = String(parts[1])
      }
      return byField
    }
  }
}

extension AssociatedData {
  /// What sealed masked forms belong to.
  static func masks(of subject: SubjectID, kind: RecordKind, keyVersion: Int) -> Self {
    Self("gapura/v1/masks").adding(subject.rawValue).adding(kind.rawValue).adding(Int64(keyVersion))
  }

  /// What the written reason of an opening belongs to.
  static func reason(of subject: SubjectID, entry: Int64) -> Self {
    Self("gapura/v1/reason").adding(subject.rawValue).adding(entry)
  }
}
