import Client
import Contracts
import Core
import Day
import Foundation
import WebDriver

/// A phone that has never been here, on a slow mobile line, through nginx with TLS: when it shows something to read.
struct PhoneBench {
  struct Result {
    let page: String
    /// Within what the first words must be there.
    let goal: Duration
    /// From the tap to the first contentful paint, as the browser says.
    let paints: Distribution
    /// Of one visit: all that came down the line, with what TLS adds.
    let byteCount: Int
  }

  private static let visitCount = 5

  let office: OfficeProcess

  func measure() async throws -> [Result] {
    let code = try await takeNumber()
    try office.start()
    let proxy = try ReverseProxy.nginx(before: office)
    defer { proxy.end() }
    let driver = try DriverProcess(fonts: .noto)
    defer { driver.stop() }
    return try [("portal", "/", Duration.seconds(3)), ("a ticket", "/tiket/\(code)", .seconds(2))].map {
      page, path, goal in
      var paints: [Duration] = []
      var byteCount = 0
      for _ in 0..<Self.visitCount {
        let line = try SlowLine(to: proxy.port)
        paints.append(try visit("https://\(ReverseProxy.name):\(line.port)\(path)", driver))
        byteCount = line.byteCountDown
        line.close()
      }
      return Result(page: page, goal: goal, paints: Distribution(paints), byteCount: byteCount)
    }
  }

  /// A browser of its own for each visit: nothing is known yet, neither name, session nor style sheet.
  private func visit(_ address: String, _ driver: DriverProcess) throws -> Duration {
    let options = BrowserOptions(
      size: (360, 740),
      arguments: ["--ignore-certificate-errors", "--host-resolver-rules=MAP \(ReverseProxy.name) 127.0.0.1"])
    let browser = try BrowserSession(driver, options)
    defer { browser.close() }
    try browser.open(address)
    let paint = try browser.wait(for: "the first contentful paint") {
      try browser.run("return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null").double
    }
    let heading = try browser.run("return document.querySelector('h1')?.innerText").string ?? ""
    guard !heading.isEmpty else { throw Trouble("\(address) shows nothing") }
    return .milliseconds(Int(paint))
  }

  private func takeNumber() async throws -> String {
    let measured = try await MeasuredModules.open(office)
    let queue = measured.services.require((any QueueService).self)
    let catalogue = measured.services.require((any CatalogueService).self)
    guard let service = catalogue.services(on: OfficeZone.wib.date(of: SystemClock().now)).first?.code else {
      throw Trouble("the office offers nothing")
    }
    let ticket = try await queue.takeNumber(
      TicketRequest(service: service, application: nil, needs: Needs(), channel: .kiosk, submission: "telepon"))
    await measured.close()
    return ticket.code.description
  }
}
