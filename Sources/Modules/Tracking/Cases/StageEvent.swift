import Contracts
import Core
import FoundationEssentials
import Store

/// What the journal is told when an application enters a stage; nothing personal.
struct StageEvent: Codable, Sendable, Equatable {
  let service: ServiceCode
  let stage: String

  func event(of number: ApplicationNumber) throws -> Event {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return Event(
      kind: "application.stage-entered", entity: number.description,
      payload: String(decoding: try encoder.encode(self), as: UTF8.self))
  }
}
