import Foundation
import XCTest

/// The manifest and the table of imports are the same floors.
final class ManifestTests: XCTestCase {
  func testEachTargetIsBuiltWithWhatItMayImport() throws {
    let file = Repository.root.appendingPathComponent("Package.swift")
    let built = Manifest.dependencies(in: try String(contentsOf: file, encoding: .utf8))
    XCTAssertGreaterThan(ImportRule.targets.count, 20)
    for target in ImportRule.targets.sorted() {
      XCTAssertEqual(built[target]?.sorted(), ImportRule.allowed(in: target).sorted(), target)
    }
  }

  /// What all modules have in common need not be used by each.
  func testNothingIsAllowedThatNoFileOfTheTargetImports() throws {
    var imported: [String: Set<String>] = [:]
    for file in try Repository.sources() {
      imported[file.target, default: []].formUnion(ImportRule.imports(in: file.text))
    }
    for target in ImportRule.targets.sorted() {
      let given = ImportRule.modules.contains(target) ? ImportRule.common : []
      let unused = ImportRule.allowed(in: target).subtracting(given).subtracting(imported[target, default: []])
      XCTAssertEqual(unused.sorted(), [], target)
    }
    XCTAssertEqual(
      ImportRule.common.subtracting(ImportRule.modules.flatMap { imported[$0, default: []] }), [], "used by no module")
  }

  func testTheDependenciesOfAManifestAreRead() {
    let manifest = """
      let modules = ["Queue", "Papers"]
      let floor1: [Target] = [
        .target(name: "Core"),
        .target(name: "Crypto", dependencies: ["Core", "COpenSSL"]),
        .target(
          name: "Web", dependencies: [
            "Core", "HTML",
          ], path: "Sources/Web"),
      ]
      let common: [Target.Dependency] = ["Core"]
      let further: [String: [Target.Dependency]] = [
        "Queue": ["Civil", "QR"]
      ]
      let tests: [Target] = [.testTarget(name: "QRTests", dependencies: ["QR"])]
      """
    XCTAssertEqual(
      Manifest.dependencies(in: manifest),
      [
        "Core": [], "Crypto": ["Core", "COpenSSL"], "Web": ["Core", "HTML"], "Queue": ["Core", "Civil", "QR"],
        "Papers": ["Core"],
      ])
  }
}
