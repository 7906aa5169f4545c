internal import HTML
@testable internal import Web

/// The pages of the gallery in one setting: a page for each component, and one of its own for what stands alone.
struct ComponentPages {
  let voice: GalleryVoice

  var all: [(name: String, isDisplay: Bool, page: Node)] {
    var pages: [(name: String, isDisplay: Bool, page: Node)] = []
    let specimens = Specimens(voice: voice).all
    var names: [String] = []
    for specimen in specimens where !names.contains(specimen.component) { names.append(specimen.component) }
    for name in names {
      let own = specimens.filter { $0.component == name }
      let together = own.filter { !$0.standsAlone }
      let groups = (together.isEmpty ? [] : [together]) + own.filter(\.standsAlone).map { [$0] }
      for (place, group) in groups.enumerated() {
        pages.append(
          (
            name: "\(Self.fileName(name))-\(place + 1)", isDisplay: group.contains { $0.face == .display },
            page: page(name, group)
          ))
      }
    }
    return pages
  }

  /// `fieldText` of `Field.text`.
  private static func fileName(_ component: String) -> String { component.filter { $0 != "." } }

  private func page(_ component: String, _ specimens: [Specimen]) -> Node {
    let face = specimens.first?.face ?? .portal
    return Layout.page(
      title: component, context: voice.context(face), face: face,
      body: fragment {
        if face == .display {
          h1(.class("unseen")) { component }
        } else if !specimens.contains(where: \.hasHeading) {
          pageHeading(component)
        }
        for specimen in specimens {
          if face != .display, !specimen.hasHeading { h2(.lang("en")) { specimen.state } }
          specimen.content
        }
      })
  }
}
