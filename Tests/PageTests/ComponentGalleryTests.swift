import Core
import Foundation
import Gallery
import HTML
import XCTest

/// The gallery holds every component, and each is right there before a page uses it.
final class ComponentGalleryTests: XCTestCase {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private func components() throws -> [ComponentRule.Component] {
    try ["Sources/Web/Page/Components", "Sources/Web/Forms"].flatMap { folder in
      let files = try FileManager.default.contentsOfDirectory(
        at: Self.root.appending(path: folder), includingPropertiesForKeys: nil)
      return try files.flatMap { try ComponentRule.components(in: String(contentsOf: $0, encoding: .utf8)) }
    }
  }

  func testEveryComponentIsInTheGallery() throws {
    let names = Set(try components().map(\.name))
    XCTAssertGreaterThan(names.count, 30, "the components were not found")
    let shown = try GalleryFiles(repository: Self.root.path).components
    XCTAssertEqual(names.subtracting(shown), [], "in no specimen of Tests/Gallery")
    XCTAssertEqual(shown.subtracting(names), [], "shown, but no component has the name")
  }

  func testEveryComponentSaysWhenToUseItAndWhenNot() throws {
    for component in try components() where !component.saysWhen {
      XCTFail("\(component.name): its comment has no “Use it …; not …”")
    }
  }

  func testTheRuleFindsAComponentAndWhetherItSaysWhenToUseIt() {
    let text = """
      /// A frame. Use it for one thing; not for a whole page.
      public func frame(
        title: String? = nil, @NodeBuilder _ content: () -> Node = { .empty }
      ) -> Node {
        inner()
      }

      /// A line.
      @NodeBuilder public func line(_ text: String) -> Node { p { text } }

      public func count(_ nodes: [Node]) -> Int { nodes.count }
      func inner() -> Node { .empty }

      /// A question. Use it once.
      public struct Question {
        public static func text(_ name: String) -> Field { Field(name) }
        public func node() -> Node { .empty }
      }
      """
    let found = ComponentRule.components(in: text)
    XCTAssertEqual(found.map(\.name), ["frame", "line", "Question.text"])
    XCTAssertEqual(found.map(\.saysWhen), [true, false, false])
  }

  func testEveryPageOfTheGalleryPassesTheAuditInEachSetting() throws {
    let gallery = try GalleryFiles(repository: Self.root.path)
    for setting in GalleryFiles.Setting.all {
      let pages = gallery.pages(setting)
      XCTAssertGreaterThan(pages.count, 40)
      for page in pages { XCTAssertEqual(PageAudit.findings(in: page.node), [], "\(page.name) \(setting.name)") }
    }
  }
}

/// What makes a part of a page: public functions at the top of a file that give a node, and those of a type that give a
/// node or fields without an instance.
enum ComponentRule {
  struct Component {
    let name: String
    /// Whether its comment tells when to use it and when not.
    let saysWhen: Bool
  }

  static func components(in text: String) -> [Component] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var type = ""
    var found: [Component] = []
    for (place, line) in lines.enumerated() {
      if let opened = line.firstMatch(of: /^(?:public )?(?:struct|enum|extension) (\w+)/) {
        type = String(opened.output.1)
      }
      if line == "}" { type = "" }
      guard let result = returned(lines[place...]), ["Node", "Field", "[Field]"].contains(result) else { continue }
      if let top = line.firstMatch(of: /^(?:@NodeBuilder )?public func (\w+)\(/) {
        found.append(Component(name: String(top.output.1), saysWhen: saysWhen(above: lines[..<place])))
      } else if let member = line.firstMatch(of: /^  public static func (\w+)\(/) {
        found.append(Component(name: "\(type).\(member.output.1)", saysWhen: saysWhen(above: lines[..<place])))
      }
    }
    return found
  }

  /// What a function gives that begins with the first of the lines, before its body opens.
  private static func returned(_ lines: ArraySlice<String>) -> Substring? {
    let beginning = lines.prefix { !$0.isEmpty }.prefix(10).joined(separator: "\n")
    return beginning.firstMatch(of: /\)\s*-> ([^={\n)]+?)\s*\{/)?.output.1
  }

  private static func saysWhen(above lines: ArraySlice<String>) -> Bool {
    let comment = lines.reversed().prefix { $0.drop { $0 == " " }.hasPrefix("///") }.reversed().joined(separator: " ")
    return comment.contains("Use it ") && comment.contains(" not ")
  }
}
