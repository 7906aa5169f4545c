import Civil
import Contracts
import Core
import HTML
import Store
import Web

/// Asks for an application and takes it.
struct FormPages: Sendable {
  /// The key that we draw has 13 characters; a longer one is not ours and is cut.
  private static let submissionCharacterCountMax = 64

  let applications: Applications
  let zone: OfficeZone
  let log: any Log
  /// Lets a person who has just applied send documents without being asked who they are.
  let proof: ApplicantProof?
  let acceptsSpecimens: Bool
  /// nil where no module knows whether the office can be had.
  let openings: (any OpeningTimesService)?

  var routes: [Route] {
    [
      Route(.get, "/ajukan/:layanan", for: .everyone) { try await ask($0) },
      Route(.post, "/ajukan/:layanan", for: .everyone, givesWay: true) { try await take($0) },
    ]
  }

  private var today: CivilDate { zone.date(of: applications.clock.now) }

  private func ask(_ request: Request) async throws -> Response {
    let form = try form(request)
    return show(form, FormInput(), request, availability: try await openings?.hall()?[form.service.code])
  }

  private func take(_ request: Request) async throws -> Response {
    let form = try form(request)
    var input = request.form
    let sheet = AnswerSheet(form, today: today) { input[$0] }
    sheet.remark(on: &input, request.words)
    if input.submission.isEmpty { input.refuse("", request.words("registration.form.stale")) }
    guard input.isAcceptable else { return show(form, input, request, status: .unprocessable) }
    do {
      try request.allow(.submit)
      return try await file(sheet, form.service, input, agreed: agreed(input, request.words), request)
    } catch let problem as Problem where problem.kind == .tooMany || problem.kind == .unavailable {
      return show(form, input, request, status: Status(problem), trouble: problem)
    } catch let error as StoreError {
      log.error("application could not be kept", ["store.error": error.description])
      let problem = Problem(.unavailable, "registration.not-kept")
      return show(form, input, request, status: .unavailable, trouble: problem)
    }
  }

  /// What was agreed to with the boxes that may be left empty.
  private func agreed(_ input: FormInput, _ words: Words) -> [ConsentText] {
    guard applications.consents != nil else { return [] }
    return ConsentMatter.allCases.filter { input[ApplicationFormPage.field($0)] == "ya" }.map { .current($0, words) }
  }

  private func file(
    _ sheet: AnswerSheet, _ service: OfferedService, _ input: FormInput, agreed: [ConsentText], _ request: Request
  ) async throws -> Response {
    let key = String(input.submission.prefix(Self.submissionCharacterCountMax))
    let outcome = try await applications.submit(sheet, for: service, submission: key, agreed: agreed)
    let receipt: Link = "/permohonan/\(outcome.number)"
    let response = Response.redirect(outcome.isChangedRepeat ? receipt.adding("sudah", "1") : receipt)
    return proof.map { response.setting($0.cookie(for: outcome.number, in: request)) } ?? response
  }

  private func show(
    _ form: ServiceForm, _ input: FormInput, _ request: Request, status: Status = .ok, trouble: Problem? = nil,
    availability: Availability? = nil
  ) -> Response {
    let page = ApplicationFormPage(
      form: form, context: request.context, asksConsent: applications.consents != nil,
      acceptsSpecimens: acceptsSpecimens, availability: availability)
    let submission = PublicCode(from: applications.random).description
    return .page(request, title: page.title, status: status) {
      page.node(input, submission: submission, trouble: trouble)
    }
  }

  /// - Throws: `Problem` when the service is not to be had on the web today.
  private func form(_ request: Request) throws(Problem) -> ServiceForm {
    guard let catalogue = applications.catalogue else { throw Problem(.unavailable, "registration.no-catalogue") }
    let code = ServiceCode(request.parameter("layanan"))
    guard let service = catalogue.services(on: today).first(where: { $0.code == code }) else {
      throw Problem(.notFound, "registration.not-offered")
    }
    guard service.acceptsWebApplications else { throw Problem(.notFound, "registration.not-on-web") }
    let form = ServiceForm(service: service)
    guard form.isUsable else {
      log.error("service has no required name and date of birth", ["service.code": code.rawValue])
      throw Problem(.unavailable, "registration.form-incomplete")
    }
    return form
  }
}

extension AnswerSheet {
  /// Puts what is to be said beside each field.
  func remark(on input: inout FormInput, _ words: Words) {
    for refusal in refusals {
      // Which of its three parts is wrong, only the form knows.
      if refusal.reason == .dateUnreadable { input.refuseDate(refusal.field.name, words) }
      input.refuse(refusal.field.name, refusal.reason.text(words, label: words(refusal.field.label)))
    }
    let byField = Dictionary(grouping: doubts, by: \.field.name)
    for (name, doubts) in byField.sorted(by: { $0.key < $1.key }) {
      input.warn(name, doubts.map { $0.reason.text(words) }.joined(separator: " "))
    }
  }
}
