import Core
import Foundation
import HTML
import XCTest

/// Renders random trees full of markup-like text and reads them back: what comes out must be the very
/// tree that went in, so no text can have become markup.
final class EscapingFuzzTests: XCTestCase {
  private let treeCount = 2_000

  func testRandomTreesComeBackAsTheyWere() throws {
    let seed = ProcessInfo.processInfo.environment["GAPURA_TEST_SEED"].flatMap(UInt64.init) ?? SystemRandom().uint64()
    print("GAPURA_TEST_SEED=\(seed)")
    let random = SeededRandom(seed: seed)
    for _ in 0..<treeCount {
      let tree = self.tree(depth: 0, random)
      let markup = String(decoding: HTMLRenderer.render(tree), as: UTF8.self)
      XCTAssertEqual(joined(try Tokenizer.tokens(markup)), joined(expected(tree)), "seed \(seed)")
    }
  }

  private static let pieces = [
    "<", ">", "&", "\"", "'", "<script>", "</p>", "-->", "<!--", "&lt;", "&#60;", "]]>", "=", " ", "\n", "\r", "\t",
    "javascript:", "onload=", "é", "👩‍🦽", "\u{0}", "\u{1}", "\u{202E}", "</textarea>", "a", "7", "\u{301}", "`", "\\",
    "\u{5D0}", "\u{639}\u{644}\u{6CC}",
  ]

  private func nasty(_ random: SeededRandom) -> String {
    (0..<random.below(6)).map { _ in Self.pieces[random.below(Self.pieces.count)] }.joined()
  }

  private func tree(depth: Int, _ random: SeededRandom) -> Node {
    let kind = depth > 4 ? 0 : random.below(7)
    let inside = { (0..<random.below(4)).map { _ in self.tree(depth: depth + 1, random) } }
    switch kind {
    case 0, 1: return .text(nasty(random))
    case 2: return div(.class(nasty(random)), .data("x", nasty(random))) { inside() }
    case 3: return p(.title(nasty(random)), .aria("label", nasty(random))) { inside() }
    case 4: return a(.href("/x/\(nasty(random))"), .hidden(random.below(2) == 0)) { inside() }
    case 5: return input(.name(nasty(random)), .value(nasty(random)))
    default: return fragment { inside() }
    }
  }

  private func expected(_ node: Node) -> [Tokenizer.Token] {
    switch node {
    case .text(let text):
      let isSetApart = text.unicodeScalars.contains { (0x590...0x8FF).contains($0.value) }
      return isSetApart ? [.start("bdi", [:]), .text(visible(text)), .end("bdi")] : [.text(visible(text))]
    case .fragment(let nodes): return nodes.flatMap(expected)
    case .element(let element):
      var attributes: [String: String] = [:]
      for attribute in element.attributes { attributes[attribute.name] = visible(attribute.text ?? "") }
      let start = Tokenizer.Token.start(element.name, attributes)
      if element.name == "input" { return [start] }
      return [start] + element.children.flatMap(expected) + [.end(element.name)]
    }
  }

  /// What a browser may hold of a text: control characters are replaced.
  private func visible(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isControl = scalar.value < 0x20 && !["\t", "\n", "\r"].contains(scalar)
      scalars.append(isControl ? "\u{FFFD}" : scalar)
    }
    return String(scalars)
  }

  /// Neighbouring texts as one, and scalars rather than characters, so that joining cannot hide a change.
  private func joined(_ tokens: [Tokenizer.Token]) -> [String] {
    var lines: [String] = []
    var text = ""
    for token in tokens {
      if case .text(let more) = token {
        text += more
        continue
      }
      if !text.isEmpty { lines.append("text \(Array(text.utf8))") }
      text = ""
      switch token {
      case .start(let name, let attributes):
        lines.append(
          "start \(name) "
            + attributes.sorted { $0.key < $1.key }.map { "\($0.key)=\(Array($0.value.utf8))" }.joined(separator: " "))
      case .end(let name): lines.append("end \(name)")
      case .text: break
      }
    }
    return text.isEmpty ? lines : lines + ["text \(Array(text.utf8))"]
  }
}
