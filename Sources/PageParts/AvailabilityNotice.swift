import Contracts
import Core
import HTML
import Web

/// What a page says of whether the office or a service can be had, with a way to an appointment where none can be.
struct AvailabilityNotice {
  let availability: Availability
  var isOffice = false
  /// Whether appointments are given.
  let offersAppointments: Bool
  let context: PageContext

  private var words: Words { context.words }

  @NodeBuilder var node: Node {
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
