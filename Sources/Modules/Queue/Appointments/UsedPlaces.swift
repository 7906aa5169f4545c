import Contracts
import Core
import Store

/// Tells how places were used.
struct UsedPlaces: AppointmentHistory {
  func use<Database: Queryable & ~Copyable>(
    from first: CivilDate, to last: CivilDate, of service: ServiceCode?, in database: borrowing Database
  ) throws -> AppointmentUse {
    // An empty text stands for every service.
    let wanted = service?.rawValue ?? ""
    var use = AppointmentUse()
    use.offered =
      try database.value(
        """
        SELECT count(*) FROM queue_appointment_place
        WHERE day >= \(first) AND day <= \(last) AND withdrawn = 0 AND (\(wanted) = '' OR service = \(wanted))
        """) ?? 0
    use.booked =
      try database.value(
        """
        SELECT count(*) FROM queue_appointment_visit visit
        JOIN queue_appointment appointment ON appointment.id = visit.appointment
        WHERE appointment.day >= \(first) AND appointment.day <= \(last) AND visit.place IS NOT NULL
          AND appointment.state <> 'held' AND (\(wanted) = '' OR visit.service = \(wanted))
        """) ?? 0
    use.came =
      try database.value(
        """
        SELECT count(*) FROM queue_appointment_visit visit
        JOIN queue_appointment appointment ON appointment.id = visit.appointment
        WHERE appointment.day >= \(first) AND appointment.day <= \(last) AND visit.ticket IS NOT NULL
          AND (\(wanted) = '' OR visit.service = \(wanted))
        """) ?? 0
    return use
  }
}
