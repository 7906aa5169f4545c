import Civil
import Contracts
import Core
import HTML
import Store
import Web

/// `/petugas/janji`: the supervisors' page. Codes, services, times and states; no names.
struct AppointmentConsole: Sendable {
  private static let listedCountMax = 300
  private static let recentCountMax = 30
  static let path: Link = "/petugas/janji"
  /// The draw that was announced just now.
  static let announcedField: StaticString = "diumumkan"

  let booking: BookingContext
  let bookings: BookingService
  let draws: DrawService
  /// Nil where no module keeps accounts.
  let officers: (any OfficerDirectory)?

  var supervision: SupervisionService { SupervisionService(booking: booking) }

  func routes() -> [Route] {
    [
      Route(.get, "/petugas/janji", for: .officers(with: .capacity)) { request in
        try await page(request, status: .ok)
      },
      Route(.post, "/petugas/janji/kapasitas", for: .officers(with: .capacity)) { try await changeSlots($0) },
      Route(.post, "/petugas/janji/kecualikan", for: .officers(with: .capacity)) { try await allow($0) },
      Route(.post, "/petugas/janji/undian", for: .officers(with: .capacity)) { try await announce($0) }
        .confirmed { try await askAnnounce($0) },
    ]
  }

  struct Reading: Sendable {
    let appointments: [Appointment]
    let changes: [SupervisionService.CapacityChange]
    let exceptions: [SupervisionService.Exception]
    let overbooked: [(day: CivilDate, count: Int)]
    let draws: [Draw]
    let staff: StaffNames
  }

  func page(
    _ request: Request, capacity: FormInput = FormInput(), exception: FormInput = FormInput(),
    draw: FormInput = FormInput(), status: Status
  ) async throws -> Response {
    let words = request.words
    let today = booking.today
    let day = CivilDate(iso: request.query("hari") ?? "") ?? today
    let read = try await booking.store.read { snapshot -> Reading in
      let changes = try SupervisionTable.changes(from: today, limit: Self.recentCountMax, in: snapshot)
      let exceptions = try SupervisionTable.exceptions(limit: Self.recentCountMax, in: snapshot)
      return Reading(
        appointments: try AppointmentTable.appointments(from: day, to: day, limit: Self.listedCountMax, in: snapshot),
        changes: changes, exceptions: exceptions,
        overbooked: try SupervisionTable.overbooked(from: today, in: snapshot),
        draws: try DrawTable.latest(limit: Self.recentCountMax, in: snapshot),
        staff: try StaffNames(
          of: changes.map(\.officer) + exceptions.map(\.officer), from: officers, in: snapshot))
    }
    let overview = try await SlotOverview.read(booking)
    let title = words("appointment.console.title")
    return .page(request, title: title, status: status, face: .console) {
      pageHeading(title, lead: words("appointment.console.lead"))
      announced(read.draws, request)
      NextReleaseView(next: overview.next, context: request.context).node
      if !read.overbooked.isEmpty { surplus(read.overbooked, words) }
      dayLinks(overview, chosen: day, words)
      list(read.appointments, on: day, words)
      exceptions(read, exception, request)
      capacityCard(read, capacity, request)
      drawsCard(read.draws, draw, request)
      OverviewTable(overview: overview, words: words).node
    }
  }

  // MARK: what is decided here

  /// A form that is folded away until its words are pressed, or something in it has to be mended.
  func ask(_ label: String, _ fields: [Field], _ input: FormInput, to path: Link, _ request: Request) -> Node {
    details(.class("folded"), .open(!input.errors.isEmpty)) {
      summary { label }
      formNode(
        request.context, to: path, submission: PublicCode(from: booking.random).description, fields: fields,
        input: input, submitLabel: label)
    }
  }

  /// What has been decided, and by whom.
  func decided(
    _ caption: String, columns: [String], numeric: Set<Int> = [], rows: [[Node]], empty: String, _ words: Words
  ) -> Node {
    dataTable(
      caption: caption, captionIsSeen: true,
      columns: columns.map { words(MessageKey("appointment.column", named: $0)) }, numeric: numeric, rows: rows,
      empty: empty)
  }

  /// The key that makes a decision one decision, however often it is sent.
  func submission(_ input: FormInput) throws -> String {
    guard !input.submission.isEmpty else { throw Problem(.invalid, "bad-request") }
    return input.submission
  }

  /// `08.30` as well as `08:30`.
  func clock(_ text: String) -> CivilTime? { CivilTime(typed: text) }

  func serviceOptions(_ words: Words) -> [Field.Option] {
    booking.rules.now.services.map { Field.Option($0.code.rawValue, words(booking.serviceName($0.code))) }
  }

  // MARK: the days

  private func surplus(_ days: [(day: CivilDate, count: Int)], _ words: Words) -> Node {
    notice(.warning, title: words("appointment.console.surplus")) {
      ul {
        for entry in days {
          li {
            a(.href(Self.path.adding("hari", entry.day.description))) {
              words(
                "appointment.console.surplus-day", ["date": words.longDate(entry.day), "count": String(entry.count)])
            }
          }
        }
      }
    }
  }

  private func dayLinks(_ overview: SlotOverview, chosen: CivilDate, _ words: Words) -> Node {
    nav(.aria("label", words("appointment.console.days"))) {
      ul(.class("in-line")) {
        for day in overview.days {
          li {
            a(
              .href(Self.path.adding("hari", day.description)), .aria("current", day == chosen ? "page" : nil)
            ) { words.date(day) }
          }
        }
      }
    }
  }

  private func list(_ appointments: [Appointment], on day: CivilDate, _ words: Words) -> Node {
    card(title: words.longDate(day)) {
      dataTable(
        caption: words("appointment.console.list"),
        columns: ["time", "code", "service", "line", "state"].map {
          words(MessageKey("appointment.column", named: $0))
        },
        rows: appointments.flatMap { appointment in
          appointment.visits.map { visit in
            [
              .text(appointment.spokenTime(of: visit)), code(.untranslated) { appointment.number.printed },
              .text(words(booking.serviceName(visit.service))),
              .text(words(MessageKey("appointment.kind", named: appointment.kind.rawValue))),
              .text(words(MessageKey("appointment.console.state", named: appointment.state.rawValue))),
            ]
          }
        }, empty: words("appointment.console.empty"))
    }
  }
}
