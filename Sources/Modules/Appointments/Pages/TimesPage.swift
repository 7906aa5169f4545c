import Contracts
import Core
import HTML
import PageParts
import Web

/// `/janji/waktu`: days as links, the times of one day as radio buttons. No date picker.
struct TimesPage {
  private static let timeField = "jam"
  private static let daysID = "hari-lain"

  let bookings: BookingService
  let party: PartyLink
  let members: [PartyMember]
  let request: Request
  /// Where the answer goes; another page for an appointment that is moved.
  var action: Link = "/janji/waktu"
  var here: Link = "/janji/waktu"
  var title: MessageKey = "appointment.times.title"
  var submitLabel: MessageKey = "appointment.times.submit"
  /// The appointment that is moved; nil for a new one.
  var moved: Appointment?
  /// Whether it is moved because the office is closed at its time, which is given to no one then.
  var isCalledOff = false
  /// Whether what is wanted today can be had today: told where no time of today is left.
  var today: Availability?
  private var input = FormInput()

  init(bookings: BookingService, party: PartyLink, members: [PartyMember], request: Request) {
    self.bookings = bookings
    self.party = party
    self.members = members
    self.request = request
    input = request.method == .post ? request.form : FormInput()
  }

  private var words: Words { request.words }
  private var booking: BookingContext { bookings.booking }

  mutating func refuse(_ message: String) { input.refuse(Self.timeField, message) }

  func response(status: Status) async throws -> Response {
    let days = try await bookings.openDays(members, kind: party.kind).compactMap(withoutPresentTime)
    let asked = CivilDate(iso: request.method == .post ? request.form["hari"] : request.query("hari") ?? "")
    let chosen = days.first { $0.day == asked } ?? days.first { $0.day == moved?.day } ?? days.first
    let times = chosen?.begins ?? []
    return .page(request, title: words(title), status: status) {
      pageHeading(words(title), lead: lead)
      if let chosen, !times.isEmpty {
        // A day may have many times, and the other days stand below them.
        if days.count > 1 {
          p { linkButton(words("appointment.times.days"), to: .fragment(Self.daysID), icon: .calendar) }
        }
        timeForm(chosen.day, times)
        if days.count > 1 { div(.id(Self.daysID)) { dayLinks(days, chosen: chosen.day) } }
      } else {
        if party.kind == .walkIn { noTimeToday } else { noTime }
        p { linkButton(words("appointment.times.back"), to: back, icon: .back) }
      }
    }
  }

  /// An appointment is not moved to where it stands.
  private func withoutPresentTime(_ open: BookingService.OpenDay) -> BookingService.OpenDay? {
    guard let moved, open.day == moved.day else { return open }
    let others = open.begins.filter { $0 != moved.begins }
    return others.isEmpty ? nil : BookingService.OpenDay(day: open.day, begins: others)
  }

  private var noTime: Node {
    notice(.warning, title: words("appointment.times.none")) { p { words("appointment.times.none-text") } }
  }

  /// A person who wanted to come without an appointment is not sent to come without one.
  @NodeBuilder private var noTimeToday: Node {
    notice(.warning, title: words("appointment.times.none-today")) { p { words("appointment.times.none-today-text") } }
    if let today, today.isHindered {
      AvailabilityNotice(availability: today, isOffice: true, offersAppointments: false, context: request.context).node
    }
  }

  private var back: Link { moved.map { "/janji/\($0.code)" } ?? "/janji" }

  private var lead: String {
    if let moved {
      return words(
        isCalledOff ? "appointment.move.lead-free" : "appointment.move.lead",
        ["date": words.longDate(moved.day), "time": moved.begins.spoken])
    }
    return words(
      "appointment.times.lead", ["count": String(members.count), "minutes": String(booking.rules.now.holdMinutes)])
  }

  private func timeForm(_ day: CivilDate, _ times: [CivilTime]) -> Node {
    var filled = input
    if !filled.has(Self.timeField), times.count == 1, let only = times.first {
      filled = FormInput([FormInput.Entry(Self.timeField, only.description)])
    }
    return formNode(
      request.context, to: action, submission: PublicCode(from: booking.random).description,
      fields: party.fields + [
        .hidden("hari", day.description),
        .choice(
          Self.timeField, label: words("appointment.times.on", ["date": words.longDate(day)]),
          options: times.map { Field.Option($0.description, range(from: $0)) }, arranged: .inline),
      ], input: filled, submitLabel: words(submitLabel), cancel: (words("appointment.times.back"), back))
  }

  private func dayLinks(_ days: [BookingService.OpenDay], chosen: CivilDate) -> Node {
    card(title: words("appointment.times.days")) {
      ul(.class("link-rows")) {
        for open in days where open.day != chosen {
          li {
            a(.href(party.link(here).adding("hari", open.day.description))) {
              words(
                "appointment.times.day", ["date": words.nearDate(open.day), "count": String(open.begins.count)])
            }
          }
        }
      }
    }
  }

  private func range(from halfHour: CivilTime) -> String {
    let end = CivilTime(minuteOfDay: halfHour.minuteOfDay + AppointmentRules.halfHourMinutes)
    return "\(halfHour.spoken)–\(end.spoken)"
  }
}
