public import Contracts
public import Core

/// A catalogue of services that have nothing but a letter each, enough to draw numbers.
public struct PlainCatalogue: CatalogueService {
  private let offered: [OfferedService]

  /// - Parameter services: each service's code, which is its name too, and the letter of its numbers.
  public init(_ services: KeyValuePairs<String, String> = ["paspor": "A", "izin": "B"]) {
    offered = services.map { code, letter in
      let text = LocalizedText(inEveryLanguage: code)
      return OfferedService(
        code: ServiceCode(code), name: text, summary: text, audience: .citizens, queueLetter: letter,
        acceptsWebApplications: true, requirements: [], fields: [], fees: [], promisedWorkingDays: 4, stages: [],
        legalBasis: [], validFrom: CivilDate(dayNumber: 0), validTo: nil, notices: [])
    }
  }

  public func services(on day: CivilDate) -> [OfferedService] { offered }

  public func service(_ code: ServiceCode) -> OfferedService? { offered.first { $0.code == code } }

  public func isWorkingDay(_ day: CivilDate) -> Bool { day.weekday <= 5 }

  public func workingDay(_ count: Int, after day: CivilDate) -> CivilDate { day.adding(days: count) }
}
