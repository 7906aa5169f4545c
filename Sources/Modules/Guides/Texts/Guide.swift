internal import Core

/// A page of text about the portal or the office, as a file of `share/guides` has it.
struct Guide: Decodable, Sendable {
  /// A heading with what stands below it.
  struct Section: Decodable, Sendable {
    let heading: LocalizedText
    private(set) var paragraphs: [Passage]
    /// Points of a list below the paragraphs.
    private(set) var points: [Passage]
    /// A page of the portal on which one goes on, and what the link says.
    private(set) var link: (path: String, label: LocalizedText)?
    /// Pages of the portal without which all of it is about nothing.
    let needs: [String]
    /// Further words by which a reader may look for it; never shown.
    let keywords: [String]

    enum Keys: String, CodingKey, CaseIterable { case heading, paragraphs, points, link, label, needs, keywords }

    init(from decoder: any Decoder) throws {
      let file = try StrictContainer<Keys>(decoder)
      heading = try file.value(.heading)
      paragraphs = try file.list(.paragraphs, of: Passage.self, entryCount: 0...20)
      points = try file.list(.points, of: Passage.self, entryCount: 0...40)
      needs = try file.pages(.needs)
      keywords = try file.list(.keywords, of: String.self, entryCount: 0...40)
      link = file.has(.link) ? (try file.text(.link), try file.value(.label)) : nil
      if let link, !link.path.hasPrefix("/") || link.path.hasPrefix("//") {
        throw file.refusal(
          .link, what: "\"\(link.path)\" is no page of this portal", mend: "Write a path such as \"/layanan\".")
      }
    }

    /// What a reader of it sees, which the search goes through.
    var texts: [LocalizedText] { [heading] + (paragraphs + points).map(\.text) }

    /// The pages that it or a part of it needs, and the one to which it leads.
    var pages: [String] { needs + (paragraphs + points).flatMap(\.needs) + (link.map { [$0.path] } ?? []) }

    /// Without what the portal has no page for; nil where nothing of it is left.
    func limited(to hasPage: (String) -> Bool) -> Self? {
      guard needs.allSatisfy(hasPage) else { return nil }
      var section = self
      section.paragraphs = paragraphs.filter { $0.needs.allSatisfy(hasPage) }
      section.points = points.filter { $0.needs.allSatisfy(hasPage) }
      if let link, !hasPage(link.path) { section.link = nil }
      return section
    }
  }

  /// A paragraph or a point of a list: a text, or `{ needs: ["/antrean"], text: { … } }` where it speaks of pages that an
  /// office may not have.
  struct Passage: Decodable, Sendable {
    let text: LocalizedText
    /// Pages of the portal of which it speaks.
    let needs: [String]

    enum Keys: String, CodingKey, CaseIterable { case text, needs }

    init(from decoder: any Decoder) throws {
      if let written = try? decoder.container(keyedBy: Keys.self), written.contains(.needs) {
        let file = try StrictContainer<Keys>(decoder)
        text = try file.value(.text)
        needs = try file.pages(.needs)
      } else {
        text = try LocalizedText(from: decoder)
        needs = []
      }
    }
  }

  let title: LocalizedText
  let lead: LocalizedText
  private(set) var sections: [Section]

  enum Keys: String, CodingKey, CaseIterable { case title, lead, sections }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    title = try file.value(.title)
    lead = try file.value(.lead)
    sections = try file.list(.sections, of: Section.self, entryCount: 1...60)
  }

  /// This text for a portal that has only some of the pages: no link leads to a missing one, and nothing speaks of it.
  func limited(to hasPage: (String) -> Bool) -> Self {
    var guide = self
    guide.sections = sections.compactMap { $0.limited(to: hasPage) }
    return guide
  }
}

extension StrictContainer {
  /// Pages of the portal, by their paths; none where the key is left out.
  fileprivate func pages(_ key: Keys) throws -> [String] {
    let paths = try list(key, of: String.self, entryCount: 0...10)
    for path in paths where !path.hasPrefix("/") || path.hasPrefix("//") {
      throw refusal(
        key, what: "\"\(path)\" is no page of this portal", mend: "Write a path such as \"/layanan\".")
    }
    return paths
  }
}

/// The pages there are.
enum GuidePage: String, CaseIterable, Sendable {
  case questions
  case accessibility
  case privacy
  case proof
  /// How officers sign in; they find it from their own pages.
  case officers

  /// Those that are written for the public, and that its search goes through.
  static var ofThePortal: [GuidePage] { allCases.filter { $0 != .officers } }

  /// The file of its text.
  var fileName: String { "\(rawValue).json5" }
}
