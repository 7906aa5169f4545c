import Core
import XCTest

private protocol Bread: Sendable {}
private protocol Butter: Sendable {}
private struct Loaf: Bread {}
private struct Pat: Butter {}

/// A module that provides and needs whatever a test's subclass of it says.
private protocol Room: Module {}
extension Room {
  func provide(to services: inout ServiceRegistry) {}
}

private struct Baker: Module {
  static let name = "baker"
  static var provides: [ServiceKey] { [ServiceKey((any Bread).self)] }
  init(services: ServiceRegistry) {}
  func provide(to services: inout ServiceRegistry) { services.provide((any Bread).self, Loaf()) }
}

private struct OtherBaker: Room {
  static let name = "other-baker"
  static var provides: [ServiceKey] { [ServiceKey((any Bread).self)] }
  init(services: ServiceRegistry) {}
}

private struct Guest: Room {
  static let name = "guest"
  static var requires: [ServiceKey] { [ServiceKey((any Bread).self)] }
  static var uses: [ServiceKey] { [ServiceKey((any Butter).self)] }
  let hasButter: Bool
  init(services: ServiceRegistry) {
    _ = services.require((any Bread).self)
    hasButter = services.find((any Butter).self) != nil
  }
}

private struct Dairy: Module {
  static let name = "dairy"
  static var provides: [ServiceKey] { [ServiceKey((any Butter).self)] }
  static var uses: [ServiceKey] { [ServiceKey((any Bread).self)] }
  init(services: ServiceRegistry) {}
  func provide(to services: inout ServiceRegistry) { services.provide((any Butter).self, Pat()) }
}

private struct HungryBaker: Room {
  static let name = "hungry-baker"
  static var provides: [ServiceKey] { [ServiceKey((any Bread).self)] }
  static var requires: [ServiceKey] { [ServiceKey((any Butter).self)] }
  init(services: ServiceRegistry) {}
}

final class AssemblyTests: XCTestCase {
  private func names(_ types: [any Module.Type]) throws -> [String] {
    var services = ServiceRegistry()
    return try Assembly.assemble(types, services: &services).map { type(of: $0).name }
  }

  private func misfit(_ types: [any Module.Type], platform: (inout ServiceRegistry) -> Void = { _ in }) -> String? {
    var services = ServiceRegistry()
    platform(&services)
    do {
      _ = try Assembly.assemble(types, services: &services)
      return nil
    } catch { return "\(error)" }
  }

  func testModulesAreMadeAfterWhatTheyNeedAndUse() throws {
    XCTAssertEqual(try names([Guest.self, Dairy.self, Baker.self]), ["baker", "dairy", "guest"])
    XCTAssertEqual(try names([Baker.self, Guest.self, Dairy.self]), ["baker", "dairy", "guest"])
  }

  func testWhatIsOnlyUsedMayBeAbsent() throws {
    var services = ServiceRegistry()
    let modules = try Assembly.assemble([Guest.self, Baker.self], services: &services)
    XCTAssertEqual((modules.last as? Guest)?.hasButter, false)
    var full = ServiceRegistry()
    let all = try Assembly.assemble([Guest.self, Baker.self, Dairy.self], services: &full)
    XCTAssertEqual((all.last as? Guest)?.hasButter, true)
  }

  func testMissingServiceNamesTheModuleThatRequiresIt() {
    XCTAssertEqual(
      misfit([Guest.self, Dairy.self]),
      "module \"guest\" requires Bread, which no module that is switched on provides")
  }

  func testPlatformMayProvideWhatAModuleRequires() {
    XCTAssertNil(misfit([Guest.self]) { $0.provide((any Bread).self, Loaf()) })
  }

  func testDoubledServiceNamesBothProviders() {
    XCTAssertEqual(misfit([Baker.self, OtherBaker.self]), "Bread is provided more than once: by baker, other-baker")
    XCTAssertEqual(
      misfit([Baker.self]) { $0.provide((any Bread).self, Loaf()) },
      "Bread is provided more than once: by the platform, baker")
  }

  func testCircleNamesItsModulesInOrder() {
    XCTAssertEqual(
      misfit([HungryBaker.self, Dairy.self]),
      "modules require each other in a circle: hungry-baker → dairy → hungry-baker")
  }
}
