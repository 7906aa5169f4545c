import Contracts
import Core
import HTML
import Web

/// `/janji`: what can be booked and when more comes, who comes, a day, a time, and the confirmation. Each page is a
/// plain form or a list of links; nothing needs a script.
struct BookingPages: Sendable {
  let desk: BookingDesk
  let queue: QueueDesk

  private var house: AppointmentHouse { desk.house }

  func routes() -> [Route] {
    [
      Route(.get, "/janji", for: .everyone) { request in
        try await start(request, input: PartyForm.prefilled(request), status: .ok)
      },
      Route(.post, "/janji", for: .everyone) { request in try await choose(request) },
      Route(.get, "/janji/waktu", for: .everyone) { request in try await times(request) },
      Route(.post, "/janji/waktu", for: .everyone) { request in try await hold(request) },
    ]
  }

  // MARK: who comes

  private func start(_ request: Request, input: FormInput, status: Status) async throws -> Response {
    let words = request.words
    let overview = try await PlaceOverview.read(house)
    return .page(request, title: words("appointment.book.title"), status: status) {
      pageHeading(words("appointment.book.title"), lead: words("appointment.book.lead"))
      if house.isOffered {
        NextReleaseView(overview: overview, context: request.context).node
        formNode(
          request.context, to: "/janji", submission: nil, fields: PartyForm.fields(house.rules.now, words),
          input: input, submitLabel: words("appointment.book.submit"))
        OverviewTable(overview: overview, words: words).node
      } else {
        notice(.info, title: words("appointment.none.title")) { p { words("appointment.none.text") } }
      }
    }
  }

  private func choose(_ request: Request) async throws -> Response {
    try request.allow(.submit)
    var input = request.form
    guard let party = PartyForm.party(&input, house.rules.now, request.words) else {
      return try await start(request, input: input, status: .unprocessable)
    }
    do {
      _ = try await desk.party(party.numbers, kind: party.kind)
      return .redirect(party.link("/janji/waktu"))
    } catch let problem as Problem where PartyForm.isAboutNumbers(problem) {
      input.refuse(PartyForm.numbers, problem.title(request.words) + " " + problem.mend(request.words))
      return try await start(request, input: input, status: .unprocessable)
    }
  }

  // MARK: when

  private func times(_ request: Request) async throws -> Response {
    guard let party = PartyLink(request) else { return .redirect("/janji") }
    let members = try await desk.party(party.numbers, kind: party.kind)
    return try await TimesPage(desk: desk, party: party, members: members, request: request).response(status: .ok)
  }

  private func hold(_ request: Request) async throws -> Response {
    try request.allow(.submit)
    guard let party = PartyLink(request.form), !request.form.submission.isEmpty else {
      throw Problem(.invalid, "bad-request")
    }
    let members = try await desk.party(party.numbers, kind: party.kind)
    var page = TimesPage(desk: desk, party: party, members: members, request: request)
    guard let day = CivilDate(iso: request.form["hari"]), let slot = CivilTime(request.form["jam"]) else {
      page.refuse(request.words("appointment.times.missing"))
      return try await page.response(status: .unprocessable)
    }
    do {
      let held = try await desk.hold(
        PlaceRequest(
          applications: party.numbers, kind: party.kind, priority: party.priority, day: day, slot: slot,
          submission: request.form.submission))
      return .redirect("/janji/\(held.code)")
    } catch let problem as Problem where problem.code == "appointment.gone" {
      page.refuse(problem.title(request.words) + " " + problem.mend(request.words))
      return try await page.response(status: .conflict)
    }
  }
}
