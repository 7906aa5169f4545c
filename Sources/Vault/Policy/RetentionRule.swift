import Contracts
import Core

/// How long records of a kind are kept, and on what ground.
struct RetentionRule: Decodable, Sendable, Equatable {
  let record: RecordKind
  /// Days after it was last sealed; for documents, after they were received.
  let days: Int
  /// The law or the ministry's archive schedule (JRA) that says so; shown with what the rule would do.
  let basis: String

  enum Keys: String, CodingKey, CaseIterable { case record, days, basis }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    record = try file.choice(.record)
    // A day, so that nothing goes while it is in use, to a hundred years.
    days = try file.number(.days, in: 1...36_525)
    basis = try file.text(.basis)
  }

  private init(_ record: RecordKind, days: Int, basis: String) {
    self.record = record
    self.days = days
    self.basis = basis
  }

  /// No period for immigration offices is published, so these are assumptions until the ministry's schedule is entered.
  static let shipped = [
    RetentionRule(.biodata, days: 3653, basis: passport),
    RetentionRule(.travelDocument, days: 3653, basis: passport),
    RetentionRule(.contact, days: 731, basis: purpose),
    RetentionRule(.statement, days: 1827, basis: purpose),
    RetentionRule(.document, days: 731, basis: purpose),
    RetentionRule(.request, days: 366, basis: "UU 27/2022 Pasal 14 dan 16 ayat (2)"),
    RetentionRule(.biometric, days: 90, basis: "\(purpose) (Pasal 4 ayat (2): data spesifik)"),
  ]

  private static let passport =
    "UU 27/2022 Pasal 16 ayat (2) dan 43; Permenkumham 18/2022 Pasal 2A (masa berlaku paspor)"
  private static let purpose = "UU 27/2022 Pasal 16 ayat (2) dan 43; JRA kementerian"
}
