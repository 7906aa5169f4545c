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
        form(request.words).page(
          request, FormInput(prefilled: [Self.numberField: request.query("nomor") ?? ""]))
      },
      Route(.post, "/janji/lihat", for: .everyone) { try await find($0) },
    ]
  }

  private func form(_ words: Words) -> LookUpForm {
    LookUpForm(
      to: "/janji/lihat", wanted: .appointment, title: words("appointment.find.title"),
      lead: words("appointment.find.lead"),
      fields: [
        .text(
          Self.numberField, label: words("appointment.receipt.number"), hint: words("appointment.find.number-hint"),
          kind: .caseNumber),
        .text(
          Self.dateField, label: words("appointment.find.born"), hint: words("form.application.born-hint"),
          kind: .birthDate),
      ], submitLabel: words("appointment.find.submit"))
  }

  private func find(_ request: Request) async throws -> Response {
    let form = form(request.words)
    var input = request.form
    let number = input.number(of: AppointmentKind.self, in: Self.numberField, request.words)
    form.fields.check(&input, request.words)
    guard let number, let date = CivilDate(iso: input[Self.dateField]), input.errors.isEmpty else {
      return form.page(request, input, status: .unprocessable)
    }
    return try await form.answer(request, input) {
      try request.allow(.lookUp)
      let found = try await bookings.appointment(
        number, bornOn: Personal(date), as: .applicant, from: request.client)
      return .redirect("/janji/\(found.code)")
    }
  }
}
