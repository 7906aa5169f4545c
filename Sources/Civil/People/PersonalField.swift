/// What is kept of a person, one answer each, whatever form asks for it.
public enum PersonalField: String, Sendable, CaseIterable {
  case fullName, nik, birthPlace, dateOfBirth, sex, nationality
  case telephone, email, address
  case passportNumber, passportExpiry
}
