import Contracts
import Core
import Store

/// The part of a copy that stands outside the Vault, by the application's number: its stages, the numbers taken and the
/// appointments made for it. A module that is absent leaves out its part and nothing else.
struct CopyVisits: Sendable {
  /// How many of each kind are listed; an application that goes its way has a handful.
  static let countMax = 500

  let requests: RightsRequestService
  let zone: OfficeZone

  func add(
    to content: inout CopyContent, _ number: ApplicationNumber, in transaction: borrowing Transaction
  ) throws {
    if let timeline = try requests.tracking?.timeline(of: number, in: transaction) {
      content.stages = timeline.entries.compactMap(line)
      content.promisedFor = timeline.promisedFor?.description
    }
    if let bookings = try requests.bookings?.bookings(of: number, limit: Self.countMax, in: transaction) {
      content.appointments = bookings.bookings.map(line)
      content.drawEntries = bookings.drawEntries.map(line)
    }
    guard let visits = try requests.visits?.visits(of: number, limit: Self.countMax, in: transaction) else { return }
    var tickets: [CopyContent.TicketLine] = []
    for taken in visits.numbers {
      tickets.append(line(taken, try requests.accessibility?.needs(of: taken.ticket, in: transaction) ?? Needs()))
    }
    content.tickets = tickets
  }

  private func line(_ entry: Timeline.Entry) -> CopyContent.StageLine? {
    entry.enteredAt.map { at in
      .init(stage: entry.stage.code, name: entry.stage.name[.indonesian], enteredAt: zone.timestamp(at))
    }
  }

  private func line(_ taken: VisitRecord.Number, _ needs: Needs) -> CopyContent.TicketLine {
    .init(
      number: taken.number, service: taken.service.rawValue, channel: taken.channel.rawValue,
      isPriority: taken.isPriority, state: taken.state.rawValue, counter: taken.counter,
      takenAt: zone.timestamp(taken.takenAt), appointedAt: taken.appointedAt.map(zone.timestamp),
      calledAt: taken.calledAt.map(zone.timestamp), startedAt: taken.startedAt.map(zone.timestamp),
      endedAt: taken.endedAt.map(zone.timestamp),
      needs: needs.isEmpty
        ? nil : .init(priority: needs.priority?.rawValue, assistance: needs.assistance.map(\.rawValue).sorted()))
  }

  private func line(_ booking: BookingRecord.Booking) -> CopyContent.AppointmentLine {
    .init(
      day: booking.day.description, time: booking.time.description, service: booking.service.rawValue,
      kind: booking.kind, state: booking.state, priority: booking.priority?.rawValue,
      madeAt: zone.timestamp(booking.madeAt), bookedAt: booking.bookedAt.map(zone.timestamp),
      endedAt: booking.endedAt.map(zone.timestamp))
  }

  private func line(_ entry: BookingRecord.DrawEntry) -> CopyContent.DrawLine {
    .init(
      service: entry.service.rawValue, enteredAt: zone.timestamp(entry.enteredAt), wish: entry.wish?.description,
      rank: entry.rank)
  }
}
