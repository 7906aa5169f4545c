import Core
import Foundation
import HTML
import Web
import XCTest

final class LayoutTests: XCTestCase {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private func samples() throws -> [(name: String, samples: Samples)] {
    let locales = try SampleWords.locales(shipped: Self.root.appending(path: "share/locales"))
    return [Language.indonesian, .english].flatMap { language in
      [Preferences(), Preferences(largePrint: true, highContrast: true)].map { preferences in
        let suffix = preferences.largePrint ? "-large" : ""
        return ("\(language)\(suffix)", Samples(words: locales.words(language), preferences: preferences))
      }
    }
  }

  func testEveryFaceAndComponentPassesTheAuditInEachLanguage() throws {
    for (name, samples) in try samples() {
      for page in Samples.names {
        XCTAssertEqual(PageAudit.findings(in: samples.page(page)), [], "\(page) \(name)")
      }
    }
  }

  func testNoPageHasInlineStyleOrScriptOrAnotherHost() throws {
    for (_, samples) in try samples() {
      for name in Samples.names {
        let page = samples.page(name)
        for element in page.elements(where: { _ in true }) {
          for attribute in element.attributes {
            XCTAssertFalse(attribute.name == "style" || attribute.name.hasPrefix("on"), attribute.name)
            if ["href", "src", "action"].contains(attribute.name) {
              XCTAssertNil(
                attribute.text?.range(of: "^(https?:)?//", options: .regularExpression), attribute.text ?? "")
            }
          }
          if element.name == "script" { XCTAssertEqual(element.children, []) }
        }
      }
    }
  }

  func testEachPageWithItsStylesheetAndScriptsIsUnder30000Bytes() throws {
    let samples = try XCTUnwrap(samples().first?.samples)
    let assets = try Assets(directory: Self.root.appending(path: "share/assets").path)
    for name in Samples.names {
      let page = samples.page(name)
      var byteCount = HTMLRenderer.render(page).count
      for element in page.elements("script") + page.elements("link") {
        let link = element[attribute: "src"] ?? element[attribute: "href"] ?? ""
        let name = String(link.split(separator: "?")[0].dropFirst("/aset/".count))
        byteCount += try XCTUnwrap(assets.byteCount(of: name), name)
      }
      XCTAssertLessThan(byteCount, 30_000, name)
    }
  }

  func testEveryFormCarriesTheTokenAgainstCrossSiteRequests() throws {
    for (_, samples) in try samples() {
      for name in Samples.names {
        for form in samples.page(name).elements("form") where form[attribute: "method"] == "post" {
          let hidden = Node.element(form).elements("input").filter { $0[attribute: "name"] == FormInput.csrfField }
          XCTAssertEqual(hidden.count, 1, name)
        }
      }
    }
  }

  /// Writes the samples as files for looking at: `GAPURA_SAMPLE_PAGES=/some/directory swift test --filter LayoutTests`.
  func testSamplesCanBeWrittenForLookingAt() throws {
    let own = FileManager.default.temporaryDirectory.appending(path: "gapura-samples-\(UUID().uuidString)").path()
    defer { try? FileManager.default.removeItem(atPath: own) }
    try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
    let directory = ProcessInfo.processInfo.environment["GAPURA_SAMPLE_PAGES"] ?? own
    for (suffix, samples) in try samples() {
      for name in Samples.names {
        let markup = String(decoding: HTMLRenderer.render(samples.page(name)), as: UTF8.self)
        let local = markup.replacing("\"/aset/", with: "\"\(Self.root.path)/share/assets/")
        XCTAssertFalse(local.contains("\"/aset/"), "\(name) would lie without its style sheet")
        try Data(local.utf8).write(to: URL(filePath: directory).appending(path: "\(name)-\(suffix).html"))
      }
    }
  }
}
