import Contracts
import Core
import Store

/// What the journal tells of stops: officers by their numbers, and causes without the notes.
enum StopEvent {
  /// A supervisor has stopped a service, or the whole office.
  static func stopped(_ stop: ServiceStop) -> Event {
    Event(kind: "service.stopped", entity: "stop:\(stop.id)", payload: payload(stop))
  }

  /// A stop was taken back.
  static func resumed(_ stop: ServiceStop) -> Event {
    Event(kind: "service.resumed", entity: "stop:\(stop.id)", payload: payload(stop))
  }

  private static func payload(_ stop: ServiceStop) -> String {
    let service = stop.service.map { ",\"service\":\"\($0)\"" } ?? ""
    return "{\"officer\":\(stop.officer),\"cause\":\"\(stop.reason.cause.rawValue)\"\(service)}"
  }
}
