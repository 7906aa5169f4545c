import XCTest

/// Holds the lower targets to telling their callers what each declaration is.
final class DocumentationTests: XCTestCase {
  func testEveryPublicDeclarationOfTheLowerTargetsHasADocComment() throws {
    let files = try Repository.sources()
    XCTAssertEqual(
      DocumentationRule.targets.subtracting(files.map(\.target)), [], "named in the rule, but there is no such target")
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
    ]
    for text in fixtures {
      for target in DocumentationRule.targets {
        let gaps = DocumentationRule.gaps(in: [.init(path: "Sources/\(target)/A.swift", text: text)])
        XCTAssertEqual(gaps.count, 1, "\(target): \(text)")
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
    XCTAssertEqual(DocumentationRule.gaps(in: [.init(path: "Sources/Modules/Queue/A.swift", text: fixtures[0])]), [])
    XCTAssertEqual(
      DocumentationRule.gaps(in: [.init(path: "Sources/Modules/Queue/A.swift", text: "public let a = 1")]), [])
  }
}
