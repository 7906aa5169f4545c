import Core
import Foundation
import XCTest

@testable import gapura

/// Where modules are named more than once, the names are the same.
final class ModuleListTests: XCTestCase {
  /// Modules that cannot be switched off: what holds personal data, and what proves an office's papers.
  private static let alwaysOn: Set<String> = ["vault", "papers"]

  /// The targets of modules that have rules of their own and stand outside of `Sources/Modules`.
  private static let apart: Set<String> = ["Vault"]

  private var assembled: [(target: String, name: String)] {
    Composition.moduleTypes.map { type in
      (String(reflecting: type).split(separator: ".").first.map(String.init) ?? "", type.name)
    }
  }

  func testTheManifestTheDirectoriesAndTheCompositionRootNameTheSameModules() throws {
    XCTAssertGreaterThan(Manifest.modules.count, 8, "the list was not found in Package.swift")
    let directories = try FileManager.default.contentsOfDirectory(
      atPath: Repository.root.appendingPathComponent("Sources/Modules").path)
    XCTAssertEqual(Set(directories), Manifest.modules)
    XCTAssertEqual(Set(assembled.map(\.target)).subtracting(Self.apart), Manifest.modules)
  }

  func testAModuleIsCalledAsItsTarget() {
    for (target, name) in assembled where !Self.apart.contains(target) { XCTAssertEqual(name, target.lowercased()) }
    XCTAssertEqual(Set(assembled.map(\.name)).count, assembled.count, "two modules of one name")
  }

  func testEveryModuleCanBeSwitchedOffAndTheShippedFileShowsIt() throws {
    let switches = Set(ModuleSwitches.Keys.allCases.map(\.rawValue))
    XCTAssertEqual(switches, Set(assembled.map(\.name)).subtracting(Self.alwaysOn))
    let shipped = try String(
      contentsOf: Repository.root.appendingPathComponent("etc/gapura/gapura.json5"), encoding: .utf8)
    let list = try XCTUnwrap(shipped.firstMatch(of: /\n  modules: \{([^}]*)\}/)?.output.1)
    XCTAssertEqual(Set(list.matches(of: /([a-z]+): true/).map { String($0.output.1) }), switches)
  }

  func testTheListOfAManifestIsRead() {
    let manifest = "let modules = [\n  \"A\", \"B\",\n  \"C\",\n]\nlet more = [\"D\"]"
    XCTAssertEqual(Manifest.modules(in: manifest), ["A", "B", "C"])
    XCTAssertEqual(Manifest.modules(in: "let targets = [\"A\"]"), [])
  }
}
