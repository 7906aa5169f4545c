import Contracts
import Core
import FoundationEssentials

/// Masked forms as they are kept: sealed under the person's data key like a record, but apart from it.
///
/// Four digits of a NIK are a hint all the same, so they do not stand in clear on the disk; and sealed under the person's
/// own key they go with it, from every backup too. A list of fifty people opens fifty small envelopes, which takes less
/// than a millisecond.
enum MaskCodec {
  /// The masked forms of what a record says; nil when it says nothing that a person is found by.
  static func encode(_ identities: [IdentityField: Personal<String>]) throws -> SecretBytes? {
    var masks: [String: String] = [:]
    for (field, value) in identities { masks[field.rawValue] = field.normalise(value).map(field.mask) }
    if masks.isEmpty { return nil }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let json = try encoder.encode(masks)
    return unsafe json.bytes.withUnsafeBytes { bytes in unsafe Padding.pad(bytes) }
  }

  /// What `encode` encoded.
  static func decode(_ padded: borrowing SecretBytes) throws -> [IdentityField: String] {
    try unsafe Padding.withUnpadded(padded) { bytes in
      guard let masks = unsafe try? JSONDecoder().decode([String: String].self, from: Data(bytes)) else {
        throw CryptoFailure.malformed
      }
      var byField: [IdentityField: String] = [:]
      for (name, mask) in masks { if let field = IdentityField(rawValue: name) { byField[field] = mask } }
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
