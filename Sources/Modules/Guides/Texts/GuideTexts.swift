internal import Core

/// The texts of the guides as `share/guides` has them, read once.
struct GuideTexts: Sendable {
  private let guides: [GuidePage: Guide]
  let synonyms: Synonyms

  init(_ guides: [GuidePage: Guide], synonyms: Synonyms = Synonyms()) {
    self.guides = guides
    self.synonyms = synonyms
  }

  /// - Throws: `ConfigurationProblem` when a file is broken or missing.
  init(reading directory: GuidesDirectory) throws(ConfigurationProblem) {
    var guides: [GuidePage: Guide] = [:]
    for page in GuidePage.allCases {
      guides[page] = try ConfigurationFile.load(Guide.self, from: directory.appending(page.fileName))
    }
    self.init(guides, synonyms: try ConfigurationFile.load(Synonyms.self, from: directory.appending("search.json5")))
  }

  subscript(_ page: GuidePage) -> Guide? { guides[page] }

  /// These texts for a portal that has only some of the pages.
  func limited(to hasPage: (String) -> Bool) -> Self {
    Self(guides.mapValues { $0.limited(to: hasPage) }, synonyms: synonyms)
  }
}
