import Contracts
import Core
import Web

/// Every page of appointments, for people and for supervisors.
struct AppointmentRoutes: Sendable {
  let booking: BookingContext
  let publicAddress: PublicAddress?
  /// Nil where no module gives papers codes; then no page has a QR code.
  var papers: (any PaperLinks)?
  /// Nil where no module keeps accounts.
  var officers: (any OfficerDirectory)?

  var all: [Route] {
    let desk = BookingDesk(booking: booking)
    return BookingPages(desk: desk).routes() + FindPages(desk: desk).routes()
      + AppointmentPages(desk: desk, publicAddress: publicAddress, papers: papers).routes()
      + RoomPages(room: WaitingRoom(booking: booking)).routes()
      + DrawPages(desk: DrawDesk(booking: booking)).routes()
      + AppointmentConsole(booking: booking, desk: desk, officers: officers).routes()
  }
}
