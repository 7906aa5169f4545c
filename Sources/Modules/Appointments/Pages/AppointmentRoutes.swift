import Contracts
import Core
import Web

/// Every page of appointments, for people and for supervisors.
struct AppointmentRoutes: Sendable {
  let booking: BookingContext
  let draws: DrawService
  let publicAddress: PublicAddress?
  /// Nil where no module gives papers codes; then no page has a QR code.
  var papers: (any PaperLinks)?
  /// Nil where no module keeps accounts.
  var officers: (any OfficerDirectory)?

  var all: [Route] {
    let bookings = BookingService(booking: booking)
    return BookingPages(bookings: bookings).routes() + FindPages(bookings: bookings).routes()
      + AppointmentPages(bookings: bookings, publicAddress: publicAddress, papers: papers).routes()
      + RoomPages(room: WaitingRoom(booking: booking)).routes()
      + DrawPages(draws: draws).routes()
      + AppointmentConsole(booking: booking, bookings: bookings, draws: draws, officers: officers).routes()
  }
}
