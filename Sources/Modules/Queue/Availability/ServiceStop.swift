import Contracts
import Core

enum ServiceStopTag {}
typealias ServiceStopID = ID<ServiceStopTag>

/// A supervisor's word that the office, or one service, serves nobody for a while of one day: closing early, opening
/// late and stopping a service are all this.
struct ServiceStop: Sendable, Equatable {
  /// Until the end of the day.
  static let endOfDay = CivilTime(minuteOfDay: 1440)

  let id: ServiceStopID
  let day: CivilDate
  /// nil for the whole office.
  let service: ServiceCode?
  let span: OpeningSpan
  let reason: StopReason
  let officer: OfficerID
  let madeAt: Instant

  /// When it is over on its day; nil where it lasts until the day's end.
  var resumesAt: CivilTime? { span.to == Self.endOfDay ? nil : span.to }

  func covers(_ time: CivilTime) -> Bool { span.from <= time && time < span.to }

  /// Whether it concerns a service; the office as a whole (nil) is concerned by its own stops only.
  func concerns(_ service: ServiceCode?) -> Bool { self.service == nil || self.service == service }
}
