internal import Contracts
internal import Core

/// One `services/*.json5`, checked beyond its types.
struct ServiceFile: Decodable {
  let service: OfferedService

  enum Keys: String, CodingKey, CaseIterable {
    case code, name, summary, audience, queueLetter, acceptsWebApplications, validFrom, validTo, promisedWorkingDays
    case legalBasis, requirements, notices, fees, fields, stages, keywords
  }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    service = try OfferedService(
      code: Self.code(file),
      name: file.value(.name),
      summary: file.value(.summary),
      audience: file.choice(.audience),
      queueLetter: Self.queueLetter(file),
      acceptsWebApplications: file.value(.acceptsWebApplications),
      requirements: file.list(.requirements, entryCount: 1...Limits.sentenceCountMax),
      fields: file.list(.fields, of: FieldEntry.self, entryCount: 0...Limits.fieldCountMax).map(\.field),
      fees: file.list(.fees, of: FeeEntry.self, entryCount: 0...Limits.feeCountMax).map(\.fee),
      promisedWorkingDays: file.number(.promisedWorkingDays, in: 1...Limits.promisedWorkingDaysMax),
      stages: file.list(.stages, of: StageEntry.self, entryCount: 2...Limits.stageCountMax).map(\.stage),
      legalBasis: file.list(.legalBasis, entryCount: 1...Limits.sentenceCountMax),
      validFrom: file.date(.validFrom),
      validTo: file.optionalDate(.validTo),
      notices: file.list(.notices, entryCount: 0...Limits.sentenceCountMax),
      keywords: file.list(.keywords, of: String.self, entryCount: 0...Limits.keywordCountMax))
    try checkPeriod(file)
    try checkStages(file)
    try checkFields(file)
    try file.refuseRepeats(in: .fees, names: service.fees.map(\.code), member: "code")
  }

  /// What fits on a page and in the hand of a person who reads it; more is a mistake in the file.
  private enum Limits {
    static let sentenceCountMax = 30
    static let keywordCountMax = 40
    static let fieldCountMax = 40
    static let feeCountMax = 10
    static let stageCountMax = 20
    static let promisedWorkingDaysMax = 250
    static let validYearsMax = 30
  }

  private static func code(_ file: StrictContainer<Keys>) throws -> ServiceCode {
    let code = try file.text(.code, characterCountMax: CodeWord.characterCountMax)
    guard CodeWord.isOne(code) else {
      throw file.refusal(.code, what: "\"\(code)\" cannot stand in an address", mend: CodeWord.mend)
    }
    return ServiceCode(code)
  }

  private static func queueLetter(_ file: StrictContainer<Keys>) throws -> String {
    let letter = try file.text(.queueLetter)
    guard letter.utf8.count == 1, letter.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
    else {
      throw file.refusal(
        .queueLetter, what: "\"\(letter)\" is not one capital letter", mend: "Write one letter from \"A\" to \"Z\".")
    }
    return letter
  }

  private func checkPeriod(_ file: StrictContainer<Keys>) throws {
    guard let last = service.validTo else { return }
    guard last >= service.validFrom else {
      throw file.refusal(
        .validTo, what: "the last day, \(last), lies before the first, \(service.validFrom)",
        mend: "Write a day on or after validFrom, or leave validTo out.")
    }
    guard last.year - service.validFrom.year <= Limits.validYearsMax else {
      throw file.refusal(
        .validTo, what: "the last day, \(last), lies more than \(Limits.validYearsMax) years after the first",
        mend: "Write the day on which the service ends, or leave validTo out while none is known.")
    }
  }
}

/// Names that stand in addresses, tables and forms.
enum CodeWord {
  static let characterCountMax = 40
  static let mend =
    "Write small letters, digits and single hyphens, beginning with a letter, such as \"paspor-hilang\"."

  static func isOne(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return text.utf8.first.map { (0x61...0x7A).contains($0) } == true
      && parts.allSatisfy { part in
        !part.isEmpty && part.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
      }
  }
}
