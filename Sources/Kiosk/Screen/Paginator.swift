/// Spreads blocks over pages and numbers the choices: through all pages where there are digits for all, so that a digit
/// means the same on each of them; else anew on each page.
enum Paginator {
  static func pages(_ blocks: [Block], rows: Int, choiceGap: Int, _ space: ScreenSpace) -> [[Block]] {
    let isNumberedThrough = blocks.count(where: \.isChoice) <= ScreenLayout.choiceCountPerPageMax
    var pages: [[Block]] = []
    var earlier = 0
    var page: [Block] = []
    var used = 0
    for block in blocks {
      var block = block
      block.gap = gap(above: block, after: page.last, choiceGap: choiceGap, space)
      let choices = page.filter(\.isChoice).count
      let isFull =
        used + block.gap + block.rows > rows || (block.isChoice && choices >= ScreenLayout.choiceCountPerPageMax)
      if isFull, !page.isEmpty {
        pages.append(page)
        if isNumberedThrough { earlier += choices }
        (page, used, block.gap) = ([], 0, 0)
      }
      page.append(numbered(block, digit: earlier + page.filter(\.isChoice).count + 1))
      used += block.gap + block.rows
    }
    return page.isEmpty ? pages : pages + [page]
  }

  private static func gap(above block: Block, after previous: Block?, choiceGap: Int, _ space: ScreenSpace) -> Int {
    guard let previous, space.isRoomy else { return 0 }
    return previous.isChoice && block.isChoice ? choiceGap : 1
  }

  private static func numbered(_ block: Block, digit: Int) -> Block {
    guard case .choice(let choice, _, let lines) = block.shape else { return block }
    var numbered = block
    numbered.shape = .choice(choice, digit: digit, lines: lines)
    return numbered
  }
}
