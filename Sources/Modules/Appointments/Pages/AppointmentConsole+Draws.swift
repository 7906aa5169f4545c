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

  /// What the supervisor has announced just now, and the public's page of it.
  @NodeBuilder func announced(_ draws: [Draw], _ request: Request) -> Node {
    if let draw = draws.first(where: { $0.id.description == request.query("\(Self.announcedField)") }) {
      notice(.success, title: request.words("appointment.draw.announced"), isNews: true) {
        p { linkButton(request.words("appointment.draw.public"), to: "/undian/\(draw.id)", icon: .ticket) }
      }
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

  /// The draw that the form asks for; nil where something is to be mended, which stands beside its field then.
  private func plan(_ input: inout FormInput, _ words: Words) throws -> DrawTable.Plan? {
    drawFields(words).check(&input, words)
    let time = clock(input["jam-tutup"])
    if input.isAcceptable, time == nil { input.refuse("jam-tutup", words("appointment.capacity.time-hint")) }
    guard input.isAcceptable, let first = CivilDate(iso: input["hari-pertama"]),
      let last = CivilDate(iso: input["hari-terakhir"]), let closes = CivilDate(iso: input["tutup"]), let time
    else { return nil }
    return DrawTable.Plan(
      service: ServiceCode(input["layanan-undian"]), first: first, last: last,
      closes: booking.zone.instant(closes, time), submission: try submission(input))
  }

  /// All of the draw is said, since none of it can be changed afterwards. Nothing is asked where the form is refused anyway.
  func askAnnounce(_ request: Request) async throws -> Confirmation? {
    var input = request.form
    let words = request.words
    guard let plan = try plan(&input, words), let count = try await draws.placeCount(of: plan) else { return nil }
    let closes: KeyValuePairs = [
      "date": words.longDate(booking.zone.date(of: plan.closes)), "time": words.time(plan.closes, in: booking.zone),
    ]
    return Confirmation(
      title: words("appointment.draw.announce-title"),
      consequences: ["public", "days", "final"].map { words(MessageKey("appointment.draw.announcing", named: $0)) },
      facts: summaryList([
        SummaryRow(words("appointment.column.service"), words(booking.serviceName(plan.service))),
        SummaryRow(words("appointment.draw.announce-days"), words.longDates(from: plan.first, to: plan.last)),
        SummaryRow(words("appointment.draw.announce-entering"), words("appointment.draw.announce-closes", closes)),
        SummaryRow(words("appointment.draw.places"), String(count)),
      ]),
      submitLabel: words("appointment.draw.announce-submit"), back: Self.path)
  }

  func announce(_ request: Request) async throws -> Response {
    var input = request.form
    let words = request.words
    guard let plan = try plan(&input, words) else {
      return try await page(request, draw: input, status: .unprocessable)
    }
    do {
      let draw = try await draws.announce(plan, by: request.principal)
      return .redirect(Self.path.adding(Self.announcedField, draw.id.description))
    } catch let problem as Problem where ["appointment.draw-empty", "appointment.draw-days"].contains(problem.code) {
      input.refuse("hari-pertama", problem.title(words) + " " + problem.mend(words))
      return try await page(request, draw: input, status: .unprocessable)
    }
  }
}
