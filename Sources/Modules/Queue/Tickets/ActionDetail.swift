import Contracts
import Core
import Forecast

/// What goes with an action: why, for how long, and where to.
struct ActionDetail: Sendable, Equatable {
  /// What an officer writes, for the history and the supervisors, in Unicode scalars; nothing personal belongs in it.
  static let reasonCharacterCountMax = 200

  var reason: String?
  var holdMinutes: Int?
  var service: ServiceCode?
  var target: TicketTarget?
  /// Whether a person who is sent on keeps the position of their arrival; otherwise they start at the end.
  var keepsPosition = true
  /// Whether the officer knows that no one sits where the ticket is sent.
  var isConfirmed = false

  init(
    reason: String? = nil, holdMinutes: Int? = nil, service: ServiceCode? = nil, target: TicketTarget? = nil,
    keepsPosition: Bool = true, isConfirmed: Bool = false
  ) {
    self.isConfirmed = isConfirmed
    self.reason = reason.flatMap { $0.isEmpty ? nil : String($0.unicodeScalars.prefix(Self.reasonCharacterCountMax)) }
    self.holdMinutes = holdMinutes
    self.service = service
    self.target = target
    self.keepsPosition = keepsPosition
  }
}
