import Contracts
import Core

/// Everything that one application tells of a person, as the Vault keeps it.
struct ApplicantRecords: Sendable, Equatable {
  let biodata: Personal<Biodata>
  let contact: Personal<Contact>?
  let travelDocument: Personal<TravelDocument>?
  let statement: Personal<Statement>?

  /// The answer that is kept to a question of the form; nil where there was none.
  func answer(to field: FormField, of form: ServiceForm) -> String? {
    let value = form.isKeptApart(field) ? kept(field.kind) : statement?.exposed.answers[field.name]
    return value?.isEmpty == true ? nil : value
  }

  private func kept(_ kind: FormField.Kind) -> String? {
    switch kind {
    case .fullName: biodata.exposed.fullName
    case .nik: biodata.exposed.nik
    case .birthPlace: biodata.exposed.birthPlace
    case .dateOfBirth: biodata.exposed.dateOfBirth
    case .sex: biodata.exposed.sex
    case .nationality: biodata.exposed.nationality
    case .telephone: contact?.exposed.telephone
    case .email: contact?.exposed.email
    case .address: contact?.exposed.address
    case .passportNumber: travelDocument?.exposed.number
    case .passportExpiry: travelDocument?.exposed.expiry
    case .text, .date, .choice: nil
    }
  }
}
