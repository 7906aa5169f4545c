import Client
import Core
import Day
import Foundation
import Measuring

/// What `/janji`, the first page of those who want a place, costs the server: in an office as shipped and empty, and in one
/// where many have booked.
enum BookingPage {
  private static let path = "/janji"
  /// The most that one page may take of a processor.
  private static let millisecondsMax = 1.0
  private static let pageCount = 1000
  private static let warmUpCount = 100
  /// So many book together: a commit takes all that have come meanwhile.
  private static let workerCount = 64
  /// So many days' places can be had at once.
  private static let dayCount = 28

  /// - Returns: whether the page is as cheap as it should be.
  static func measure(bookings: Int) async throws -> Bool {
    Output.title("the page of free places, \(pageCount) times: the server's processor time")
    let empty = try await inOffice { office in
      try office.openAroundTheClock()
      try office.liftRates()
      try office.start()
      return try cost(at: office)
    }
    let isCheapEmpty = Output.goal("/janji in an empty office as shipped in ms", empty, atMost: millisecondsMax)
    let (booked, full) = try await inOffice { office in
      try Places.prepare(office)
      try Places.open(office, on: Array(0..<7))
      try Places.release(office, at: "00:00", daysAhead: dayCount, waitingRoom: "\"off\"")
      try office.start()
      let booked = try await book(bookings, at: office)
      return (booked, try cost(at: office))
    }
    Output.row("bookings of the other office", "\(booked)")
    guard booked > 0 || bookings == 0 else { throw Trouble("nothing was booked: the full office was not measured") }
    return Output.goal("/janji with \(bookings) bookings in ms", full, atMost: millisecondsMax) && isCheapEmpty
  }

  private static func inOffice<Value>(_ work: (OfficeProcess) async throws -> Value) async throws -> Value {
    let office = try OfficeProcess(at: nil)
    defer { office.remove() }
    return try await work(office)
  }

  /// - Returns: milliseconds of processor time a page.
  private static func cost(at office: OfficeProcess) throws -> Double {
    let (browser, load) = (Browser(port: office.port), try ServerLoad(of: office))
    for _ in 0..<warmUpCount { try show(browser) }
    let before = try load.processorTime()
    for _ in 0..<pageCount { try show(browser) }
    return ((try load.processorTime() - before) / pageCount).inMilliseconds
  }

  private static func show(_ browser: Browser) throws {
    let page = try browser.get(path)
    guard page.status == 200 else { throw Trouble("\(path) answered \(page.status)") }
  }

  /// Lets so many people apply and book, each any of the times that they are offered first.
  ///
  /// - Returns: how many have booked, by the database.
  private static func book(_ count: Int, at office: OfficeProcess) async throws -> Int {
    let port = office.port
    let applicants = try await Applying(port: port).apply(count)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<workerCount {
        group.addTask {
          try await offPool {
            for index in stride(from: worker, to: applicants.count, by: workerCount) {
              try book(applicants[index], index, port: port)
            }
          }
        }
      }
      try await group.waitForAll()
    }
    let answer = try office.query("SELECT count(*) FROM appointments_appointment WHERE state = 'booked'")
    guard let booked = Int(answer) else { throw Trouble("the database does not say what was booked") }
    return booked
  }

  private static func book(_ applicant: Applicant, _ index: Int, port: UInt16) throws {
    let connection = try Connection(port: port, timeout: .seconds(30))
    defer { connection.close() }
    var booker = Booker(index: index, applicant, usesRoom: false)
    var clicks = Clicks(due: .now)
    while try booker.step(&clicks, over: connection) != nil {}
  }
}
