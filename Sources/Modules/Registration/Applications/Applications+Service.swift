import Civil
import Contracts
import Core
import Store

extension Applications: ApplicationService {
  func application<Database: Queryable & ~Copyable>(
    _ number: ApplicationNumber, in database: borrowing Database
  ) throws -> ApplicationSummary? {
    try ApplicationTable.application(number, in: database)
  }

  func applications<Database: Queryable & ~Copyable>(
    of subject: SubjectID, in database: borrowing Database
  ) throws -> [ApplicationNumber] {
    try ApplicationTable.numbers(of: subject, in: database)
  }

  func caseFile(
    _ number: ApplicationNumber, for purpose: Purpose, as principal: Principal, in transaction: borrowing Transaction
  ) throws -> CaseFile? {
    if principal.officerID != nil { try principal.require(.cases) }
    guard let summary = try ApplicationTable.application(number, in: transaction),
      let records = try open(summary.subject, for: purpose, as: principal, in: transaction)
    else { return nil }
    return CaseFile(
      summary: summary, fullName: Personal(records.biodata.exposed.fullName),
      lines: lines(records, of: summary.service), findings: try findings(records, of: summary.subject, in: transaction))
  }

  /// What the person may be contacted for besides, at this moment; nil where no module keeps what people agree to.
  func agreed(of summary: ApplicationSummary, in transaction: borrowing Transaction) throws -> Set<ConsentMatter>? {
    guard let consents else { return nil }
    var agreed: Set<ConsentMatter> = []
    for matter in ConsentMatter.allCases
    where try consents.holds(matter, of: summary.subject, in: transaction) { agreed.insert(matter) }
    return agreed
  }

  private func open(
    _ subject: SubjectID, for purpose: Purpose, as principal: Principal, in transaction: borrowing Transaction
  ) throws -> ApplicantRecords? {
    let records = try vault.open(
      all: [Biodata.self, Contact.self, TravelDocument.self, Statement.self], isFirstNeeded: true, of: subject,
      for: purpose, as: principal, in: transaction)
    guard let biodata = records.record(Biodata.self) else { return nil }
    return ApplicantRecords(
      biodata: biodata, contact: records.record(Contact.self), travelDocument: records.record(TravelDocument.self),
      statement: records.record(Statement.self))
  }

  private func lines(_ records: ApplicantRecords, of code: ServiceCode) -> [CaseFile.Line] {
    guard let service = catalogue?.service(code) else { return CaseLines.unlabelled(records) }
    return CaseLines.labelled(records, by: ServiceForm(service: service))
  }

  /// What an officer should look at. Whether a number is also another person's is told by blind indexes alone.
  private func findings(
    _ records: ApplicantRecords, of subject: SubjectID, in transaction: borrowing Transaction
  ) throws -> [MessageKey] {
    let biodata = records.biodata.exposed
    var findings: [MessageKey] = []
    if let digits = biodata.nik, let nik = try? NIK(digits) {
      let doubts = nik.doubts(dateOfBirth: CivilDate(iso: biodata.dateOfBirth), sex: Sex(rawValue: biodata.sex))
      findings += doubts.map(\.finding)
    }
    if let nik = biodata.nik, try isElsewhere(.nik, nik, than: subject, in: transaction) {
      findings.append("registration.finding.nik-elsewhere")
    }
    if let number = records.travelDocument?.exposed.number,
      try isElsewhere(.passportNumber, number, than: subject, in: transaction)
    {
      findings.append("registration.finding.passport-elsewhere")
    }
    return findings
  }

  private func isElsewhere(
    _ field: IdentityField, _ value: String, than subject: SubjectID, in transaction: borrowing Transaction
  ) throws -> Bool {
    try vault.subjects(with: field, Personal(value), in: transaction).contains { $0 != subject }
  }
}
