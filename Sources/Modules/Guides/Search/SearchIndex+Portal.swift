internal import Contracts
internal import Core
internal import HTML
internal import Web

extension SearchIndex {
  /// Everything that the portal has for this reader today.
  init(_ guides: GuideTexts, _ catalogue: (any CatalogueService)?, _ context: PageContext) {
    self.init(
      guides, services: catalogue?.services(on: context.zone.date(of: context.now)) ?? [],
      pages: context.portalEntries, words: context.words)
  }

  /// Services first, then pages on which something is done, then texts: so they stand where they fit alike.
  init(_ guides: GuideTexts, services: [OfferedService], pages: [NavigationEntry], words: Words) {
    let services = services.map { service in
      Entry(
        title: words(service.name), text: words(service.summary), link: "/layanan/\(service.code)",
        keywords: [service.code.rawValue] + service.name.all + service.keywords)
    }
    let pages = pages.map { entry in
      Entry(
        title: words(entry.label), text: entry.hint.map { words($0) } ?? "", link: entry.link,
        keywords: guides.synonyms.pages[entry.link.path] ?? [])
    }
    let texts = GuidePage.ofThePortal.flatMap { page in
      (guides[page]?.sections ?? []).enumerated().map { place, section in
        Entry(
          title: words(section.heading),
          text: (section.paragraphs + section.points).map { words($0.text) }.joined(separator: " "),
          link: page.link(to: place), keywords: section.keywords)
      }
    }
    self.init(entries: services + pages + texts, synonyms: guides.synonyms)
  }
}
