import Core
import Foundation
import XCTest

final class ShippedLocalesTests: XCTestCase {
  private let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "share/locales")

  private func locales() throws -> Locales { try Locales.load(directory: directory.path()) }

  func testShippedTextsLoad() throws {
    XCTAssertTrue(try Set(locales().languages).isSuperset(of: [.indonesian, .english]))
  }

  func testEveryMessageHasEveryLanguage() throws {
    let locales = try locales()
    let own = locales.keys(of: .indonesian)
    for language in locales.languages {
      XCTAssertEqual(own.subtracting(locales.keys(of: language)).sorted(), [], "missing in \(language)")
      XCTAssertEqual(locales.keys(of: language).subtracting(own).sorted(), [], "only in \(language)")
    }
  }

  func testEveryLanguageNamesTheSameArguments() throws {
    let languages = try locales().languages
    let arguments = try languages.map { try self.arguments(of: $0) }
    for (language, own) in zip(languages, arguments) {
      for (key, names) in own { XCTAssertEqual(names, arguments[0][key], "\(key) in \(language)") }
    }
  }

  /// The names in braces of each message, by key.
  private func arguments(of language: Language) throws -> [String: Set<String>] {
    let file = directory.appending(path: "\(language).json5")
    var found: [String: Set<String>] = [:]
    for (key, text) in try ConfigurationFile.load(Tree.self, from: file.path()).leaves {
      found[key] = Set(text.matches(of: /\{([a-z][A-Za-z-]*)\}/).map { String($0.1) })
    }
    return found
  }

  /// The file as it is nested.
  private enum Tree: Decodable {
    case text(String)
    case group([String: Tree])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      do { self = .text(try container.decode(String.self)) } catch {
        self = .group(try container.decode([String: Tree].self))
      }
    }

    var leaves: [(key: String, text: String)] {
      switch self {
      case .text(let text): [("", text)]
      case .group(let members): members.flatMap { name, tree in tree.leaves.map { ("\(name).\($0.key)", $0.text) } }
      }
    }
  }
}
