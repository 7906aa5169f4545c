internal import Core

/// A page of text about the portal or the office, as a file of `share/guides` has it.
struct Guide: Decodable, Sendable {
  /// A heading with what stands below it.
  struct Section: Decodable, Sendable {
    let heading: LocalizedText
    let paragraphs: [LocalizedText]
    /// Points of a list below the paragraphs.
    let points: [LocalizedText]
    /// A page of the portal on which one goes on, and what the link says.
    let link: (path: String, label: LocalizedText)?
    /// Further words by which a reader may look for it; never shown.
    let keywords: [String]

    enum Keys: String, CodingKey, CaseIterable { case heading, paragraphs, points, link, label, keywords }

    init(from decoder: any Decoder) throws {
      let file = try StrictContainer<Keys>(decoder)
      heading = try file.value(.heading)
      paragraphs = try file.list(.paragraphs, of: LocalizedText.self, entryCount: 0...20)
      points = try file.list(.points, of: LocalizedText.self, entryCount: 0...40)
      keywords = try file.list(.keywords, of: String.self, entryCount: 0...40)
      link = file.has(.link) ? (try file.text(.link), try file.value(.label)) : nil
      if let link, !link.path.hasPrefix("/") || link.path.hasPrefix("//") {
        throw file.refusal(
          .link, what: "\"\(link.path)\" is no page of this portal", mend: "Write a path such as \"/layanan\".")
      }
    }

    /// What a reader of it sees, which the search goes through.
    var texts: [LocalizedText] { [heading] + paragraphs + points }
  }

  let title: LocalizedText
  let lead: LocalizedText
  let sections: [Section]

  enum Keys: String, CodingKey, CaseIterable { case title, lead, sections }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    title = try file.value(.title)
    lead = try file.value(.lead)
    sections = try file.list(.sections, of: Section.self, entryCount: 1...60)
  }
}

/// The pages there are.
enum GuidePage: String, CaseIterable, Sendable {
  case questions
  case accessibility
  case privacy

  /// The file of its text.
  var fileName: String { "\(rawValue).json5" }
}
