import Contracts
import Core
import HTML
import Web

/// Changes of one day's slots.
extension AppointmentConsole {
  func capacityCard(_ read: Reading, _ input: FormInput, _ request: Request) -> Node {
    let words = request.words
    return card(title: words("appointment.capacity.title")) {
      p { words("appointment.capacity.text") }
      ask(words("appointment.capacity.submit"), capacityFields(words), input, to: "/petugas/janji/kapasitas", request)
      decided(
        words("appointment.capacity.list"), columns: ["day", "service", "time", "places", "reason", "officer"],
        numeric: [3],
        rows: read.changes.map { change in
          [
            .text(words.longDate(change.day)),
            .text(change.service.map { words(booking.serviceName($0)) } ?? words("appointment.capacity.all")),
            .text("\(change.span.from.spoken)–\(change.span.to.spoken)"), .text(String(change.slots)),
            .text(change.reason), .text(read.staff.name(of: change.officer, words)),
          ]
        }, empty: words("appointment.capacity.none"), words)
    }
  }

  private func capacityFields(_ words: Words) -> [Field] {
    [
      .text("hari", label: words("appointment.column.day"), kind: .date),
      .select(
        "layanan", label: words("appointment.column.service"), required: false, options: serviceOptions(words)),
      .text(
        "dari", label: words("appointment.capacity.from"), hint: words("appointment.capacity.time-hint"),
        kind: .reference(5)),
      .text(
        "sampai", label: words("appointment.capacity.to"), hint: words("appointment.capacity.time-hint"),
        kind: .reference(5)),
      .text("tempat", label: words("appointment.capacity.places"), kind: .numeric(digits: 3)),
      .text(
        "alasan-kapasitas", label: words("appointment.exception.reason"),
        kind: .multiline(rows: 2, max: SupervisionService.reasonCharacterCountMax)),
    ]
  }

  func changeSlots(_ request: Request) async throws -> Response {
    var input = request.form
    let words = request.words
    capacityFields(words).check(&input, words)
    for field in ["dari", "sampai"] where input.isAcceptable && clock(input[field]) == nil {
      input.refuse(field, words("appointment.capacity.time-hint"))
    }
    guard input.isAcceptable, let day = CivilDate(iso: input["hari"]), let from = clock(input["dari"]),
      let to = clock(input["sampai"]), let slots = Int(input["tempat"])
    else { return try await page(request, capacity: input, status: .unprocessable) }
    let service = input["layanan"].isEmpty ? nil : ServiceCode(input["layanan"])
    do {
      try await supervision.change(
        day, DayPlan.Change(service: service, span: OpeningSpan(from: from, to: to), slots: slots),
        because: input["alasan-kapasitas"], by: request.principal, submission: try submission(input))
      return .redirect(Self.path.adding("hari", day.description))
    } catch let problem as Problem where problem.code == "appointment.change-times" {
      input.refuse("sampai", problem.title(words) + " " + problem.mend(words))
    } catch let problem as Problem where problem.code == "appointment.reason-missing" {
      input.refuse("alasan-kapasitas", problem.title(words) + " " + problem.mend(words))
    }
    return try await page(request, capacity: input, status: .unprocessable)
  }
}
