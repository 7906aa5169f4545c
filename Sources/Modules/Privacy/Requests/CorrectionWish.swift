import Civil
import Contracts
import Core

extension PersonalField {
  /// Where it is kept.
  var record: RecordKind {
    switch self {
    case .fullName, .nik, .birthPlace, .dateOfBirth, .sex, .nationality: .biodata
    case .telephone, .email, .address: .contact
    case .passportNumber, .passportExpiry: .travelDocument
    }
  }
}

/// What a person wishes to have corrected, sealed until it is decided.
struct CorrectionWish: PersonalRecord {
  enum Field: String, Sendable, CaseIterable { case values }

  static var kind: RecordKind { .request }
  static var schemaVersion: Int { 1 }

  /// The values wished for, by `PersonalField`.
  var values: [String: String]

  func value(of field: Field) -> String? { values.keys.sorted().joined(separator: ",") }

  subscript(_ field: PersonalField) -> String? { values[field.rawValue] }

  /// The record with what is wished for in it; nil where nothing of it is to change.
  func applied(to biodata: Biodata) -> Biodata? {
    guard concerns(.biodata) else { return nil }
    return Biodata(
      fullName: self[.fullName] ?? biodata.fullName, nik: self[.nik] ?? biodata.nik,
      birthPlace: self[.birthPlace] ?? biodata.birthPlace, dateOfBirth: self[.dateOfBirth] ?? biodata.dateOfBirth,
      sex: self[.sex] ?? biodata.sex, nationality: self[.nationality] ?? biodata.nationality)
  }

  /// Likewise.
  func applied(to contact: Contact) -> Contact? {
    guard concerns(.contact) else { return nil }
    return Contact(
      telephone: self[.telephone] ?? contact.telephone, email: self[.email] ?? contact.email,
      address: self[.address] ?? contact.address)
  }

  /// Likewise.
  func applied(to document: TravelDocument) -> TravelDocument? {
    guard concerns(.travelDocument) else { return nil }
    return TravelDocument(
      number: self[.passportNumber] ?? document.number, expiry: self[.passportExpiry] ?? document.expiry)
  }

  private func concerns(_ kind: RecordKind) -> Bool {
    PersonalField.allCases.contains { $0.record == kind && self[$0] != nil }
  }
}
