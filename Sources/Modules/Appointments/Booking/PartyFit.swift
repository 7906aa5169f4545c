import Contracts
import Core

/// Finds half-hours for several visits next to each other. Pure; decides the same for the list of times that a person
/// is shown and for the transaction that takes the slots.
struct PartyFit: Sendable {
  /// One visit that needs a slot.
  struct Member: Sendable, Equatable {
    let service: ServiceCode
    /// Who it is: the same person cannot be at two counters in one half-hour.
    let person: [UInt8]
  }

  /// Free slots of a day by service and half-hour.
  typealias Free = [ServiceCode: [CivilTime: Int]]

  let members: [Member]
  let spreadMinutes: Int

  /// The half-hour of each member when the first of them begins at `halfHour`; nil where there is no room.
  func halfHours(from halfHour: CivilTime, in free: Free) -> [CivilTime]? {
    var free = free
    var taken: [[UInt8]: Set<CivilTime>] = [:]
    var chosen: [CivilTime] = []
    for (index, member) in members.enumerated() {
      let candidates = free[member.service, default: [:]].keys.filter { time in
        index == 0
          ? time == halfHour
          : time >= halfHour && time.minuteOfDay <= halfHour.minuteOfDay + spread(for: member)
            && !taken[member.person, default: []].contains(time)
      }.sorted()
      guard let time = candidates.first(where: { free[member.service]?[$0, default: 0] ?? 0 > 0 }) else { return nil }
      free[member.service]?[time, default: 0] -= 1
      taken[member.person, default: []].insert(time)
      chosen.append(time)
    }
    return chosen
  }

  /// The half-hours at which the party can begin, in order.
  func begins(in free: Free) -> [CivilTime] {
    guard let first = members.first else { return [] }
    return free[first.service, default: [:]].filter { $0.value > 0 }.keys.sorted().filter { time in
      halfHours(from: time, in: free) != nil
    }
  }

  /// Several services of one person follow each other, so they get as many half-hours more.
  private func spread(for member: Member) -> Int {
    let own = members.filter { $0.person == member.person }.count
    return max(spreadMinutes, (own - 1) * AppointmentRules.halfHourMinutes)
  }
}
