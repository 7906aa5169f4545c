import Contracts
import Core
import Crypto
import FoundationEssentials

/// Turns records into padded plaintext and back.
enum RecordCodec {
  /// JSON, padded.
  ///
  /// - Throws: `Problem` `vault.record-too-large`.
  static func encode(_ record: Personal<some PersonalRecord>) throws -> SecretBytes {
    let encoder = JSONEncoder()
    // The same record always has the same length, with a dictionary in any order.
    encoder.outputFormatting = .sortedKeys
    let json = try encoder.encode(record.exposed)
    let padded = unsafe json.bytes.withUnsafeBytes { bytes in unsafe Padding.pad(bytes) }
    guard let padded else {
      throw Problem(.tooLarge, "vault.record-too-large", ["limit": String(Padding.plaintextByteCountMax)])
    }
    return padded
  }

  /// What `encode` encoded, also by an earlier version of the record's shape. A decoder's own error quotes the data, so
  /// `malformed` is all that comes out.
  static func decode<Record: PersonalRecord>(
    _ type: Record.Type, version: Int, from padded: borrowing SecretBytes
  ) throws -> Personal<Record> {
    guard version >= 1, version <= type.schemaVersion else { throw CryptoFailure.malformed }
    return try unsafe Padding.withUnpadded(padded) { bytes in
      guard let start = bytes.baseAddress else { throw CryptoFailure.malformed }
      // Without a copy, which would not be wiped; the decoder only reads, and is done before the bytes go.
      let json = unsafe Data(
        bytesNoCopy: UnsafeMutableRawPointer(mutating: start), count: bytes.count, deallocator: .none)
      let decoder = JSONDecoder()
      if version == type.schemaVersion {
        guard let record = try? decoder.decode(type, from: json) else { throw CryptoFailure.malformed }
        return Personal(record)
      }
      if let key = versionKey { decoder.userInfo[key] = version }
      guard let upgraded = try? decoder.decode(Upgraded<Record>.self, from: json) else { throw CryptoFailure.malformed }
      return Personal(upgraded.record)
    }
  }

  private static let versionKey = CodingUserInfoKey(rawValue: "gapura.schema-version")

  /// Lends the decoder of an earlier shape to the record that it becomes.
  private struct Upgraded<Record: PersonalRecord>: Decodable {
    let record: Record

    init(from decoder: any Decoder) throws {
      guard let key = RecordCodec.versionKey, let version = decoder.userInfo[key] as? Int else {
        throw EarlierRecord.Unknown()
      }
      record = try Record.upgrading(EarlierRecord(version: version, decoder: decoder))
    }
  }
}
