/// What is kept of a person, one answer each, whatever form asks for it.
public enum PersonalField: String, Sendable, CaseIterable {
  /// Who the person is, as the identity documents say.
  case fullName, nik, birthPlace, dateOfBirth, sex, nationality
  /// Where the person can be reached.
  case telephone, email, address
  /// The passport that the person holds now.
  case passportNumber, passportExpiry
}
