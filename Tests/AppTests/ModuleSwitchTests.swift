import Core
import XCTest

@testable import gapura

/// Which modules take part, as `gapura.json5` switches them.
final class ModuleSwitchTests: XCTestCase {
  private func names(_ text: String) throws -> Set<String> {
    let file = try ConfigurationFile(path: "gapura.json5", bytes: Array(text.utf8))
    return Set(Composition.takingPart(try file.decode(ModuleSwitches.self)).map { $0.name })
  }

  func testAModuleThatNeedsOneThatIsOffIsLeftOutWithIt() throws {
    let all = try names("{}")
    XCTAssertTrue(all.isSuperset(of: ["queue", "appointments", "vault"]), "\(all)")
    let withoutQueue = try names("{ queue: false }")
    XCTAssertTrue(withoutQueue.isDisjoint(with: ["queue", "stops", "appointments"]), "\(withoutQueue)")
    XCTAssertTrue(withoutQueue.isSuperset(of: ["tracking", "officers", "vault"]), "who only uses it goes on")
    let withoutAppointments = try names("{ appointments: false }")
    XCTAssertEqual(all.subtracting(withoutAppointments), ["appointments"])
    let withoutStops = try names("{ stops: false }")
    XCTAssertEqual(all.subtracting(withoutStops), ["stops"])
  }
}
