import XCTest

/// Holds every target to telling its callers what each declaration is.
final class DocumentationTests: XCTestCase {
  private static let folders = ["Core", "Vault", "Modules/Queue"]

  func testEveryPublicDeclarationHasADocComment() throws {
    let files = try Repository.sources()
    XCTAssertGreaterThan(files.count, 500, "the sources were not found")
    for gap in DocumentationRule.gaps(in: files) { XCTFail(gap) }
  }

  func testTheRuleFindsWhatHasNoComment() {
    let fixtures = [
      "public struct A {}", "public let a = 1", "open class A {}", "package func a() {}",
      "  public private(set) var a = 1", "public indirect enum A {}", "// A remark.\npublic func a() {}",
      "/// Of another.\n\npublic func a() {}", "@discardableResult\npublic func a() -> Int { 1 }",
      "/// One.\npublic let a = 1\npublic let b = 2", "@frozen public struct A {}",
      "/// One.\npublic protocol A {\n  func a()\n}", "/// One.\npublic protocol A {\n  static var a: Int { get }\n}",
      "/// One.\npublic protocol A {\n  /// Two.\n  var a: Int { get }\n  init(a: Int)\n}",
      "/// One.\npublic enum A {\n  case a\n}",
      "/// One.\npublic indirect enum A {\n  /// Two.\n  case a\n  case b(A)\n}",
      "/// One.\npublic enum A {\n  enum B {\n    case a\n  }\n  case a\n}",
      "/// One.\npublic struct A {\n  /// Two.\n  public enum B {\n    case a\n  }\n}",
      "/// One.\npublic struct A: Module {\n  public static let name = \"a\"\n}",
    ]
    for text in fixtures {
      for folder in Self.folders {
        let gaps = DocumentationRule.gaps(in: [.init(path: "Sources/\(folder)/A.swift", text: text)])
        XCTAssertEqual(gaps.count, 1, "\(folder): \(text)")
      }
    }
  }

  func testTheRuleLeavesAloneWhatOthersDoNotSeeOrWhatIsDocumented() {
    let fixtures = [
      "public import Core", "struct A {}\nprivate let a = 1", "public extension A {}",
      "/// One.\n@discardableResult\npublic func a() -> Int { 1 }", "/// One.\n///\n/// More.\npublic func a() {}",
      "enum A {\n  case a\n}", "/// One.\npublic enum A { case a, b }", "protocol A {\n  func a()\n}",
      "/// One.\npublic enum A {\n  /// Two.\n  case a, b\n}",
      "/// One.\npublic enum A {}\n\nenum B {\n  case a\n}",
      "/// One.\npublic enum A {\n  /// Two.\n  public func a() {\n    switch self {\n    case .b: one()\n    }\n  }\n}",
      "/// One.\npublic protocol A {\n  /// Two.\n  func a()\n}\n\nstruct B {\n  func b() {}\n}",
      "/// One.\npublic protocol A {}\n\nstruct B {\n  func b() {}\n}",
    ]
    for text in fixtures {
      XCTAssertEqual(DocumentationRule.gaps(in: [.init(path: "Sources/Core/A.swift", text: text)]), [], text)
    }
  }
}
