/// Puts items onto pages, with as much air and as large as they fit.
struct Arrangement {
  let items: [Item]
  /// A picture below everything.
  let extra: Block?
  let measure: Measure
  let space: ScreenSpace

  /// More pages of one screen would not be read.
  private static let pageCountMax = 3

  /// What makes a screen shorter.
  private enum Cut {
    /// The words of one item become small.
    case words(Int)
    /// Less of long answers is large.
    case choices
  }

  /// A screen with a field is one page, since what is typed, its question and what is wrong with it must be seen together;
  /// others are few. In large print, words become small before that would break, those that matter least first; what a
  /// screen says first and what can be chosen stay large, and of a field's screen the field the longest.
  var pages: [[Block]] {
    var pages = pages(small: [], measure)
    guard measure.isLarge else { return pages }
    let field = items.firstIndex(where: \.isEntry)
    let most = field == nil ? Self.pageCountMax : 1
    var small: Set<Int> = []
    var shorter = measure
    for cut in field.map(fieldCuts) ?? usualCuts where pages.count > most {
      switch cut {
      case .words(let place): small.insert(place)
      case .choices: shorter.bigChoiceLinesMax = 1
      }
      pages = self.pages(small: small, shorter)
    }
    return pages
  }

  private func fieldCuts(_ field: Int) -> [Cut] {
    let places: [Int] = items.indices[(field + 1)...].reversed() + items.indices[..<field] + [field]
    return places.map(Cut.words)
  }

  private var usualCuts: [Cut] {
    let texts: [Int] = items.indices.filter { items[$0].isText }.reversed()
    return texts.filter { items[$0].isPlain }.map(Cut.words) + [Cut.choices]
      + texts.filter { $0 > 0 && !items[$0].isPlain }.map(Cut.words)
  }

  private func pages(small: Set<Int>, _ measure: Measure) -> [[Block]] {
    let blocks =
      items.enumerated().flatMap { place, item in (small.contains(place) ? measure.small : measure).blocks(item) }
      + (extra.map { [$0] } ?? [])
    let airy = Paginator.pages(blocks, rows: space.rows, choiceGap: 1, space)
    return airy.count <= 1 ? airy : Paginator.pages(blocks, rows: space.rows, choiceGap: 0, space)
  }
}
