public import Core

/// What kind of record it is; part of what a ciphertext is bound to.
public enum RecordKind: String, Sendable, CaseIterable {
  /// Who the person is: `Biodata`.
  case biodata
  /// How to reach them: `Contact`.
  case contact
  /// Their passport: `TravelDocument`.
  case travelDocument = "travel-document"
  /// Face and fingers: `Biometric`.
  case biometric
  /// What they answered besides: `Statement`.
  case statement
  /// An uploaded file: an identity card, a family card, a certificate.
  case document
  /// What the person wishes to have corrected, until it is decided.
  case request

  /// How closely the law guards it (UU 27/2022, article 4).
  public enum Sensitivity: Sendable {
    /// Article 4(3): name, sex, nationality, what identifies in combination.
    case general
    /// Article 4(2): health, biometrics, criminal record, children, finance.
    case specific
  }

  /// How closely the law guards records of this kind.
  public var sensitivity: Sensitivity { self == .biometric ? .specific : .general }
}

/// What a person can be found by without opening anything: a keyed hash of it is kept beside the records.
public enum IdentityField: String, Sendable, CaseIterable {
  /// The number of an Indonesian resident.
  case nik
  /// The number of a passport of any state.
  case passportNumber = "passport-number"
  /// The telephone number.
  case telephone
  /// The mail address.
  case email
}

/// A record that the Vault keeps; plain values only while they are being sealed or shown.
public protocol PersonalRecord: Codable, Sendable, Equatable {
  /// What one can ask for singly; raw values stand in the ledger.
  associatedtype Field: RawRepresentable<String> & Hashable & Sendable

  /// What kind of record it is.
  static var kind: RecordKind { get }
  /// Raised when the shape changes; bound to the ciphertext.
  static var schemaVersion: Int { get }
  /// What the person can be found by, as it was typed: the Vault normalises it.
  var identities: [IdentityField: Personal<String>] { get }
  /// One field as text; nil where it was left out.
  func value(of field: Field) -> String?
  /// The record that an earlier version of its shape says.
  ///
  /// - Throws: what decoding throws; `EarlierRecord.Unknown` for a version that never was.
  static func upgrading(_ earlier: EarlierRecord) throws -> Self
}

extension PersonalRecord {
  /// Nothing: the person cannot be found by this record.
  public var identities: [IdentityField: Personal<String>] { [:] }

  /// There is no earlier shape.
  ///
  /// - Throws: `EarlierRecord.Unknown`.
  public static func upgrading(_ earlier: EarlierRecord) throws -> Self { throw EarlierRecord.Unknown() }
}

/// A record that was sealed with an earlier shape, while it becomes one of today's.
public struct EarlierRecord {
  /// There has been no such version.
  public struct Unknown: Error {
    /// An error without details: a version that never was tells nothing.
    public init() {}
  }

  /// The version of its shape.
  public let version: Int
  private let decoder: any Decoder

  /// A record with the version of its shape, which was bound to the ciphertext.
  public init(version: Int, decoder: any Decoder) {
    self.version = version
    self.decoder = decoder
  }

  /// Reads it as the shape that it had.
  public func read<Shape: Decodable>(_ shape: Shape.Type) throws -> Shape { try Shape(from: decoder) }
}

/// The fields of a record that were asked for, and no others.
public struct Excerpt<Record: PersonalRecord>: Sendable {
  /// What was asked for.
  public let fields: Set<Record.Field>
  private let values: Personal<[Record.Field: String]>

  /// Takes the asked fields out of a record and drops the others.
  public init(of record: Personal<Record>, fields: Set<Record.Field>) {
    self.fields = fields
    var values: [Record.Field: String] = [:]
    for field in fields { values[field] = record.exposed.value(of: field) }
    self.values = Personal(values)
  }

  /// The field's value; nil where it was left out or was not asked for.
  public subscript(_ field: Record.Field) -> Personal<String>? { values.exposed[field].map { Personal($0) } }
}

/// What a list may show of a person without opening a record: `3173********0001`.
public struct MaskedIdentities: Sendable, Equatable {
  private let values: [IdentityField: String]

  /// Masked forms, made when the records were sealed.
  public init(_ values: [IdentityField: String]) { self.values = values }

  /// The masked form; nil where the person gave none.
  public subscript(_ field: IdentityField) -> String? { values[field] }
}
