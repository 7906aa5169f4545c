import Contracts
import Core
import HTML
import Web

/// Exceptions for one appointment, each with its reason.
extension AppointmentConsole {
  func exceptions(_ read: Reading, _ input: FormInput, _ request: Request) -> Node {
    let words = request.words
    return card(title: words("appointment.exception.title")) {
      p { words("appointment.exception.text") }
      ask(
        words("appointment.exception.submit"), exceptionFields(words), input, to: "/petugas/janji/kecualikan", request)
      decided(
        words("appointment.exception.list"), columns: ["when", "kind", "code", "reason", "officer"],
        rows: read.exceptions.map { exception in
          [
            .text(
              "\(words.date(booking.zone.date(of: exception.madeAt))) \(words.time(exception.madeAt, in: booking.zone))"
            ),
            .text(words(MessageKey("appointment.exception-kind", named: exception.kind.rawValue))),
            code(.untranslated) { exception.number.printed },
            .text(exception.reason.isEmpty ? words("queue.why.reason-erased") : exception.reason),
            .text(read.staff.name(of: exception.officer, words)),
          ]
        }, empty: words("appointment.exception.none"), words)
    }
  }

  private func exceptionFields(_ words: Words) -> [Field] {
    [
      .text("kode", label: words("appointment.receipt.number"), kind: .caseNumber),
      .choice(
        "izin", label: words("appointment.exception.kind"),
        options: ExceptionKind.allCases.map {
          Field.Option($0.rawValue, words(MessageKey("appointment.exception-kind", named: $0.rawValue)))
        }),
      .text(
        "alasan", label: words("appointment.exception.reason"), hint: words("appointment.exception.reason-hint"),
        kind: .multiline(rows: 2, max: SupervisionService.reasonCharacterCountMax)),
    ]
  }

  func allow(_ request: Request) async throws -> Response {
    var input = request.form
    let words = request.words
    exceptionFields(words).check(&input, words)
    let number = input.number(of: AppointmentKind.self, in: "kode", words)
    guard input.isAcceptable, let number, let kind = ExceptionKind(rawValue: input["izin"])
    else { return try await page(request, exception: input, status: .unprocessable) }
    do {
      try await supervision.allow(
        kind, for: number, because: input["alasan"], by: request.principal, submission: try submission(input))
      return .redirect(Self.path)
    } catch let problem as Problem where problem.code == "appointment.ended" {
      // The problem's own mend speaks to the holder.
      input.refuse("kode", problem.title(words) + " " + words("appointment.exception.ended"))
    } catch let problem as Problem where problem.code == "appointment.unknown" {
      input.refuse("kode", problem.title(words) + " " + problem.mend(words))
    } catch let problem as Problem where problem.code == "appointment.reason-missing" {
      input.refuse("alasan", problem.title(words) + " " + problem.mend(words))
    }
    return try await page(request, exception: input, status: .unprocessable)
  }
}
