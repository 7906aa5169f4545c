/// Puts items onto pages, with as much air and as large as they fit.
struct Arrangement {
  let items: [Item]
  /// A picture below everything.
  let extra: Block?
  let measure: Measure
  let space: Space

  /// A screen with a field is one page, since what is typed, its question and what is wrong with it must be seen together:
  /// in large print, words become small before that would break, those that matter least first, and the field last.
  var pages: [[Block]] {
    var pages = pages(small: [])
    guard measure.isLarge, let field = items.firstIndex(where: \.isEntry) else { return pages }
    var small: Set<Int> = []
    for place in items.indices[(field + 1)...].reversed() + items.indices[..<field] + [field] where pages.count > 1 {
      small.insert(place)
      pages = self.pages(small: small)
    }
    return pages
  }

  private func pages(small: Set<Int>) -> [[Block]] {
    let blocks =
      items.enumerated().flatMap { place, item in (small.contains(place) ? measure.small : measure).blocks(item) }
      + (extra.map { [$0] } ?? [])
    let airy = Paginator.pages(blocks, rows: space.rows, choiceGap: 1, space)
    return airy.count <= 1 ? airy : Paginator.pages(blocks, rows: space.rows, choiceGap: 0, space)
  }
}
