import Civil
import Contracts
import Core

/// The answers to one service's form: read, checked, and sorted into what is kept where.
struct AnswerSheet: Sendable {
  /// Something to be said about an answer.
  struct Remark<Reason: Sendable>: Sendable {
    let field: FormField
    let reason: Reason
  }

  /// What cannot be taken, in the order of the form.
  private(set) var refusals: [Remark<Refusal>] = []
  /// What should be looked at again, likewise.
  private(set) var doubts: [Remark<Doubt>] = []
  private let form: ServiceForm
  private var values: [String: String] = [:]

  /// - Parameter typed: what stands in a field, by its name; empty where nothing does.
  init(_ form: ServiceForm, today: CivilDate, typed: (_ field: String) -> String) {
    self.form = form
    let reader = AnswerReader(audience: form.service.audience, today: today)
    for field in form.questions { take(typed(field.name), to: field, with: reader) }
    compareNIK()
  }

  /// The answers as they are kept, by field name; only while they are sealed or compared.
  var answers: Personal<[String: String]> { Personal(values) }

  private mutating func take(_ typed: String, to field: FormField, with reader: AnswerReader) {
    guard !typed.isEmpty else {
      if field.isRequired { refusals.append(Remark(field: field, reason: field.isChosen ? .notChosen : .missing)) }
      return
    }
    do throws(Refusal) {
      let reading = try reader.read(typed, as: field)
      values[field.name] = reading.value
      doubts += reading.doubts.map { Remark(field: field, reason: $0) }
    } catch {
      refusals.append(Remark(field: field, reason: error))
    }
  }

  private mutating func compareNIK() {
    for field in form.questions where field.kind == .nik {
      guard let digits = values[field.name], let nik = try? NIK(digits) else { continue }
      let isApplicants = form.own(.nik) == field
      let found = nik.doubts(
        dateOfBirth: isApplicants ? own(.dateOfBirth).flatMap { CivilDate(iso: $0) } : nil,
        sex: isApplicants ? own(.sex).flatMap(Sex.init) : nil)
      doubts += found.map { Remark(field: field, reason: $0) }
    }
  }

  /// What the applicant answered of themselves.
  private func own(_ kind: FormField.Kind) -> String? { form.own(kind).flatMap { values[$0.name] } }
}

extension AnswerSheet {
  /// What the Vault keeps of the applicant.
  var records: ApplicantRecords {
    let nationality = form.service.audience == .citizens ? Nationality.indonesian : own(.nationality)
    let biodata = Biodata(
      fullName: own(.fullName) ?? "", nik: own(.nik), birthPlace: own(.birthPlace) ?? "",
      dateOfBirth: own(.dateOfBirth) ?? "", sex: own(.sex) ?? "", nationality: nationality ?? "")
    let others = form.questions.filter { !form.isKeptApart($0) }
    let statements = others.compactMap { field in values[field.name].map { (field.name, $0) } }
    return ApplicantRecords(
      biodata: Personal(biodata),
      contact: own(.telephone) == nil && own(.email) == nil && own(.address) == nil
        ? nil : Personal(Contact(telephone: own(.telephone) ?? "", email: own(.email), address: own(.address))),
      travelDocument: own(.passportNumber).map { Personal(TravelDocument(number: $0, expiry: keptExpiry)) },
      statement: statements.isEmpty
        ? nil : Personal(Statement(answers: Dictionary(statements) { first, _ in first })))
  }

  private var keptExpiry: String? {
    form.own(.passportExpiry).flatMap { form.isKeptApart($0) ? values[$0.name] : nil }
  }
}

extension FormField {
  /// Whether it is answered by choosing, not by typing.
  fileprivate var isChosen: Bool { [.sex, .nationality, .choice].contains(kind) }
}
