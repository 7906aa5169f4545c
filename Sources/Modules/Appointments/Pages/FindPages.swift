import Contracts
import Core
import HTML
import Web

/// `/janji/lihat`: an appointment by its number and the date of birth of one of its people.
struct FindPages: Sendable {
  private static let numberField = "nomor"
  private static let dateField = "lahir"

  let bookings: BookingService

  func routes() -> [Route] {
    [
      Route(.get, "/janji/lihat", for: .everyone) { request in
        page(request, FormInput(prefilled: [Self.numberField: request.query("nomor") ?? ""]))
      },
      Route(.post, "/janji/lihat", for: .everyone) { try await find($0) },
    ]
  }

  private func fields(_ words: Words) -> [Field] {
    [
      .text(
        Self.numberField, label: words("appointment.receipt.number"), hint: words("appointment.find.number-hint"),
        kind: .caseNumber),
      .text(
        Self.dateField, label: words("appointment.find.born"), hint: words("form.application.born-hint"),
        kind: .birthDate),
    ]
  }

  private func find(_ request: Request) async throws -> Response {
    var input = request.form
    let number = input.number(of: AppointmentKind.self, in: Self.numberField, request.words)
    fields(request.words).check(&input, request.words)
    guard let number, let date = CivilDate(iso: input[Self.dateField]), input.errors.isEmpty else {
      return page(request, input, status: .unprocessable)
    }
    do {
      try request.allow(.lookUp)
      let found = try await bookings.appointment(
        number, bornOn: Personal(date), as: .applicant, from: request.client)
      return .redirect("/janji/\(found.code)")
    } catch let problem as Problem where problem.kind == .notFound || problem.kind == .tooMany {
      return page(request, input, status: Status(problem), problem: problem)
    }
  }

  private func page(
    _ request: Request, _ input: FormInput, status: Status = .ok, problem: Problem? = nil
  ) -> Response {
    let words = request.words
    return .page(request, title: words("appointment.find.title"), status: status) {
      pageHeading(words("appointment.find.title"), lead: words("appointment.find.lead"))
      if let problem {
        notice(.error, title: problem.title(words), isNews: true) { p { problem.mend(words) } }
      }
      otherNumberNotice(input[Self.numberField], wanted: .appointment, request.context)
      formNode(
        request.context, to: "/janji/lihat", submission: nil, fields: fields(words), input: input,
        submitLabel: words("appointment.find.submit"))
    }
  }
}
