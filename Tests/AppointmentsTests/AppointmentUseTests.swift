import Contracts
import Core
import Store
import XCTest

@testable import Appointments

/// What reports are told of how appointments were used.
final class AppointmentUseTests: XCTestCase {
  private func use(
    _ office: BookingOffice, on day: CivilDate, of service: ServiceCode? = nil
  ) async throws -> AppointmentUse {
    let hall = AppointmentsInHall(booking: office.booking)
    return try await office.store.read { try hall.use(from: day, to: day, of: service, in: $0) }
  }

  func testPlacesBookingsAndThoseWhoCameAreCountedByDayAndService() async throws {
    let office = try await BookingOffice()
    let tuesday = BookingOffice.monday.adding(days: 1)
    let before = try await use(office, on: tuesday)
    XCTAssertGreaterThan(before.offered, 0)
    XCTAssertEqual([before.booked, before.came], [0, 0])
    let booked = try await office.book([try await office.apply()], at: "09:00")
    _ = try await office.hold([try await office.apply()], at: "09:30")
    office.clock.set(OfficeZone.wib.instant(tuesday, try XCTUnwrap(CivilTime("08:45"))))
    _ = try await office.checkIns.checkIn(code: booked.code, channel: .kiosk, language: .indonesian)
    let after = try await use(office, on: tuesday)
    XCTAssertEqual(
      after, AppointmentUse(offered: before.offered, booked: 1, came: 1), "what is only kept is not booked")
    let passports = try await use(office, on: tuesday, of: BookingOffice.passport)
    XCTAssertEqual([passports.booked, passports.came], [1, 1])
    XCTAssertLessThan(passports.offered, before.offered)
    let permits = try await use(office, on: tuesday, of: BookingOffice.permit)
    XCTAssertEqual(permits, AppointmentUse(offered: before.offered - passports.offered, booked: 0, came: 0))
    await office.close()
  }
}
