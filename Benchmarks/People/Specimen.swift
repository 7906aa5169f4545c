public import Core

/// The holder of the specimen documents of ICAO Doc 9303: Anna Maria Eriksson of Utopia.
public struct Specimen: Sendable, Equatable {
  public let fullName: String
  public let passport: String
  public let state: String
  public let dateOfBirth: CivilDate
  /// `L` or `P`, as our forms say it.
  public let sex: String

  /// The passports of the present and the older edition (Doc 9303-4, appendix A) and the long document number
  /// of the older one (9303-5), whose holder is unnamed there.
  public static let all: [Specimen] = [
    specimen("ANNA MARIA ERIKSSON", "L898902C3", born: (1974, 8, 12)),
    specimen("ANNA MARIA ERIKSSON UJI", "L898902C", born: (1969, 8, 6)),
  ]

  private static func specimen(_ name: String, _ passport: String, born: (Int, Int, Int)) -> Specimen {
    guard let date = CivilDate(year: born.0, month: born.1, day: born.2) else {
      preconditionFailure("a specimen's date of birth is a date")
    }
    return Specimen(fullName: name, passport: passport, state: "UTO", dateOfBirth: date, sex: "P")
  }
}
