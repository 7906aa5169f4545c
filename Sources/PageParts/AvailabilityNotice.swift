public import Contracts
import Core
public import HTML
public import Web

/// What a page says of whether the office or a service can be had, with a way to an appointment where none can be.
public struct AvailabilityNotice {
  private let availability: Availability
  private let isOffice: Bool
  private let offersAppointments: Bool
  private let context: PageContext

  /// - Parameters:
  ///   - isOffice: whether it is about the office as a whole, not one service.
  ///   - offersAppointments: whether appointments are given.
  public init(
    availability: Availability, isOffice: Bool = false, offersAppointments: Bool, context: PageContext
  ) {
    self.availability = availability
    self.isOffice = isOffice
    self.offersAppointments = offersAppointments
    self.context = context
  }

  private var words: Words { context.words }

  /// The notice itself.
  @NodeBuilder public var node: Node {
    notice(tone, title: availability.title(words, in: context.zone, isOffice: isOffice)) {
      p { availability.text(words, in: context.zone, isOffice: isOffice) }
      if !availability.takesNumbers, offersAppointments {
        p { words("availability.appointment") }
        p { linkButton(words("appointment.nav.book"), to: "/janji", icon: .calendar) }
      }
    }
  }

  private var tone: Tone {
    switch availability {
    case .open: .success
    case .paused, .onBreak, .openingSoon: .info
    case .unattended, .beforeOpening, .pastAdmission, .over, .closed, .stopped, .unservable: .warning
    }
  }
}
