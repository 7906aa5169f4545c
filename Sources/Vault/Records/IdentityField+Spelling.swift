import Civil
import Contracts
import Core

extension IdentityField {
  /// One spelling for all who write the same, as the validators have it: what goes into blind indexes and masked forms.
  /// nil for what is none, and finds no person.
  func normalise(_ value: Personal<String>) -> Personal<String>? {
    let spelling =
      switch self {
      case .nik: (try? NIK(value.exposed))?.digits
      // Whose it is does not matter here: an Indonesian number is one of those that any state may issue.
      case .passportNumber: (try? PassportNumber(value.exposed, isIndonesian: false))?.text
      case .telephone: (try? TelephoneNumber(value.exposed))?.e164
      case .email: (try? EmailAddress(value.exposed))?.comparable
      }
    return spelling.map { Personal($0) }
  }
}
