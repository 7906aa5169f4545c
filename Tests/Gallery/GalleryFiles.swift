public import Core
internal import Foundation
public import HTML
internal import Web

/// The gallery: every component of the pages and every kind of kiosk frame, in each state, by the code that makes them for
/// people.
///
/// A page's language, length of words, print and contrast have files of their own. Dark, the letters and their size are the
/// browser's to choose.
public struct GalleryFiles: Sendable {
  /// How the pages are set up.
  public struct Setting: Sendable, Hashable {
    /// The language of the specimens' words.
    public var language: Language
    /// Whether their words are as long as words get.
    public var isLong: Bool
    /// Whether the letters are half as large again.
    public var largePrint = false
    /// Whether it is black and white with heavier lines.
    public var highContrast = false

    /// A setting with ordinary print and contrast.
    public init(_ language: Language, isLong: Bool) {
      self.language = language
      self.isLong = isLong
    }

    /// `id-long-contrast`, the name of its directory.
    public var name: String {
      let parts = [
        language.rawValue, isLong ? "long" : nil, largePrint ? "large" : nil, highContrast ? "contrast" : nil,
      ]
      return parts.compactMap { $0 }.joined(separator: "-")
    }

    /// Every setting, the ordinary ones first.
    public static var all: [Setting] {
      var settings: [Setting] = []
      for (largePrint, highContrast) in [(false, false), (true, false), (false, true)] {
        for language in [Language.indonesian, .english] {
          for isLong in [false, true] {
            var setting = Setting(language, isLong: isLong)
            setting.largePrint = largePrint
            setting.highContrast = highContrast
            settings.append(setting)
          }
        }
      }
      return settings
    }
  }

  /// One page.
  public struct Page: Sendable {
    /// The component and a number: `card-1`.
    public let name: String
    /// Whether it is laid out for the large screen in the hall, and for no other.
    public let isDisplay: Bool
    /// The page itself.
    public let node: Node
  }

  private let root: String
  private let locales: Locales

  /// - Parameter repository: the tree whose words and style sheets are shown.
  public init(repository: String) throws {
    root = repository
    locales = try Locales.load(directory: "\(repository)/share/locales")
  }

  /// The components that are shown, by the functions that make them: `card`, `Field.text`.
  public var components: Set<String> {
    Set(Specimens(voice: voice(Setting(.indonesian, isLong: false))).all.map(\.component))
  }

  /// The pages in one setting.
  public func pages(_ setting: Setting) -> [Page] {
    ComponentPages(voice: voice(setting)).all.map { Page(name: $0.name, isDisplay: $0.isDisplay, node: $0.page) }
  }

  private func voice(_ setting: Setting) -> GalleryVoice {
    GalleryVoice(
      words: locales.words(setting.language), isLong: setting.isLong,
      preferences: Preferences(largePrint: setting.largePrint, highContrast: setting.highContrast))
  }

  /// Writes the pages of one setting as files that a browser opens by their paths.
  ///
  /// - Returns: the path of each page.
  @discardableResult
  public func write(_ setting: Setting, to directory: String) throws -> [(page: Page, path: String)] {
    let folder = "\(directory)/\(setting.name)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return try pages(setting).map { page in
      let markup = String(decoding: HTMLRenderer.render(page.node), as: UTF8.self)
      let path = "\(folder)/\(page.name).html"
      try Data(markup.replacing("\"/aset/", with: "\"\(root)/share/assets/").utf8).write(to: URL(filePath: path))
      return (page: page, path: path)
    }
  }

  /// Writes all pages and all frames, and a list that leads to them (`index.html`).
  public func writeAll(to directory: String) throws {
    let directory = URL(filePath: directory).path
    var links: [(label: String, path: String)] = []
    for setting in Setting.all {
      for (page, path) in try write(setting, to: directory) {
        links.append((label: "\(setting.name): \(page.name)", path: path))
      }
    }
    let folder = "\(directory)/kiosk"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for sheet in try KioskGallery.sheets(locales) {
      let path = "\(folder)/\(sheet.name).txt"
      try Data(sheet.text.utf8).write(to: URL(filePath: path))
      links.append((label: "kiosk: \(sheet.name)", path: path))
    }
    try Data(HTMLRenderer.render(Self.index(links))).write(to: URL(filePath: "\(directory)/index.html"))
  }

  private static func index(_ links: [(label: String, path: String)]) -> Node {
    html(.lang("en")) {
      head {
        meta(.charset("utf-8"))
        HTML.title { "Gallery" }
      }
      body {
        h1 { "Gallery" }
        ul {
          for link in links { if let place = Link(localPath: link.path) { li { a(.href(place)) { link.label } } } }
        }
      }
    }
  }
}
