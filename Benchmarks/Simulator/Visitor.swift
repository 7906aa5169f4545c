import Contracts
import Core

/// A person of a simulated day.
struct SimulatedVisitor: Sendable {
  let service: ServiceCode
  let isPriority: Bool
  let comesAt: Instant
  let appointedAt: Instant?
  /// Whether they leave before they are called.
  let isAway: Bool
}

/// Everybody of a day, in the order in which they come.
struct DayPlan: Sendable {
  let visitors: [SimulatedVisitor]

  init(_ day: CivilDate, opensAt: Int, closesAt: Int, peopleCount: Int, zone: OfficeZone, chance: Chance) {
    let mean = Double(peopleCount) * HallHabits.weekdays[min(day.weekday, 5) - 1]
    let services = HallHabits.visits.map { (value: $0.service, weight: $0.weight) }
    let midnight = zone.instant(day, CivilTime(minuteOfDay: 0))
    let visitors = (0..<chance.count(mean: mean)).compactMap { _ -> SimulatedVisitor? in
      guard let service = chance.pick(services) else { return nil }
      let hasAppointment = chance.happens(HallHabits.appointmentShare)
      let (comesAt, appointedAt) =
        hasAppointment
        ? Self.appointed(opensAt: opensAt, closesAt: closesAt, chance) : (Self.walkIn(opensAt: opensAt, chance), nil)
      return SimulatedVisitor(
        service: service, isPriority: !hasAppointment && chance.happens(HallHabits.priorityShare),
        comesAt: midnight + .milliseconds(Int(max(0, comesAt) * 60_000)),
        appointedAt: appointedAt.map { midnight + .minutes($0) }, isAway: chance.happens(HallHabits.noShowShare))
    }
    self.visitors = visitors.sorted { $0.comesAt < $1.comesAt }
  }

  /// Minutes of the day; the kiosk is switched on half an hour before the counters open.
  private static func walkIn(opensAt: Int, _ chance: Chance) -> Double {
    let hour = chance.pick(HallHabits.arrivals.map { (value: $0.hour, weight: $0.weight) }) ?? 8
    return max(Double(opensAt) - 30, (Double(hour) + chance.share()) * 60)
  }

  /// Half-hours all over the day; people come from a quarter of an hour before to a few minutes after.
  private static func appointed(opensAt: Int, closesAt: Int, _ chance: Chance) -> (Double, Int?) {
    let places = (closesAt - opensAt) / 30 - 2
    let place = opensAt + 30 * Int(chance.share() * Double(max(1, places)))
    return (Double(place) + chance.between(-15, 5), place)
  }
}
