import Contracts
import Core
import HTML
import Web

/// Announcing draws.
extension AppointmentConsole {
  func drawsCard(_ draws: [Draw], _ input: FormInput, _ request: Request) -> Node {
    let words = request.words
    return card(title: words("appointment.draw.title")) {
      p { words("appointment.draw.console") }
      ul(.class("in-line")) {
        for draw in draws {
          li {
            a(.href("/undian/\(draw.id)")) {
              "\(words(booking.serviceName(draw.service))): "
              words("appointment.draw.days", ["from": words.longDate(draw.first), "to": words.longDate(draw.last)])
            }
          }
        }
      }
      ask(words("appointment.draw.announce"), drawFields(words), input, to: "/petugas/janji/undian", request)
    }
  }

  private func drawFields(_ words: Words) -> [Field] {
    [
      .select("layanan-undian", label: words("appointment.column.service"), options: serviceOptions(words)),
      .text("hari-pertama", label: words("appointment.draw.first"), kind: .date),
      .text("hari-terakhir", label: words("appointment.draw.last"), kind: .date),
      .text("tutup", label: words("appointment.draw.closes-day"), kind: .date),
      .text(
        "jam-tutup", label: words("appointment.draw.closes-time"), hint: words("appointment.capacity.time-hint"),
        kind: .reference(5)),
    ]
  }

  /// Nothing is asked where the form is refused anyway.
  func askAnnounce(_ request: Request) -> Confirmation? {
    var input = request.form
    let words = request.words
    drawFields(words).check(&input, words)
    guard input.isAcceptable, let first = CivilDate(iso: input["hari-pertama"]),
      let last = CivilDate(iso: input["hari-terakhir"])
    else { return nil }
    return Confirmation(
      title: words("appointment.draw.announce-title"),
      consequences: ["public", "days", "final"].map { words(MessageKey("appointment.draw.announcing", named: $0)) },
      facts: summaryList([
        SummaryRow(
          words("appointment.draw.announce-days"), "\(words.longDate(first)) – \(words.longDate(last))")
      ]),
      submitLabel: words("appointment.draw.announce-submit"), back: Self.path)
  }

  func announce(_ request: Request) async throws -> Response {
    var input = request.form
    let words = request.words
    drawFields(words).check(&input, words)
    if input.isAcceptable, clock(input["jam-tutup"]) == nil {
      input.refuse("jam-tutup", words("appointment.capacity.time-hint"))
    }
    guard input.isAcceptable, let first = CivilDate(iso: input["hari-pertama"]),
      let last = CivilDate(iso: input["hari-terakhir"]), let closes = CivilDate(iso: input["tutup"]),
      let time = clock(input["jam-tutup"]), let officer = request.officer
    else { return try await page(request, draw: input, status: .unprocessable) }
    let plan = DrawTable.Plan(
      service: ServiceCode(input["layanan-undian"]), first: first, last: last,
      closes: booking.zone.instant(closes, time), submission: try submission(input))
    do {
      let draw = try await draws.announce(
        plan, by: SignedInPrincipal(id: officer.id, principal: officer.principal))
      return .redirect("/undian/\(draw.id)")
    } catch let problem as Problem where ["appointment.draw-empty", "appointment.draw-days"].contains(problem.code) {
      input.refuse("hari-pertama", problem.title(words) + " " + problem.mend(words))
      return try await page(request, draw: input, status: .unprocessable)
    }
  }
}
