import Client
import Day
import Foundation

extension OfficeProcess {
  /// Lets the server believe the addresses that we name, as behind a proxy: each person has one of their own.
  func trustLocalProxy() throws {
    let file = configuration.appendingPathComponent("gapura.json5")
    let text = try String(contentsOf: file, encoding: .utf8)
    let trusting = text.replacingOccurrences(of: "trustedProxies: []", with: "trustedProxies: [\"127.0.0.1\"]")
    guard trusting != text else { throw Trouble("gapura.json5 has no empty list of trusted proxies") }
    try trusting.write(to: file, atomically: true, encoding: .utf8)
  }
}
