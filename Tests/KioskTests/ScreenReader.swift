import Console
import Core

@testable import Gallery
@testable import Kiosk

/// Finds on frames what was to be shown, however it is broken into lines.
struct ScreenReader {
  let pages: [Frame]
  let text: String
  let titles: [String]
  let screenKeys: [String]
  let fixedKeys: [String]
  private let content: String

  init(_ pages: [Frame], size: Size) {
    self.pages = pages
    let space = ScreenSpace(size)
    text = pages.flatMap { page in (0..<size.rows).map { page.text(row: $0) } }.joined(separator: "\n")
    titles = pages.map { $0.text(row: 0).squeezed }
    screenKeys = pages.map { $0.text(row: size.rows - 2).squeezed }
    fixedKeys = pages.map { $0.text(row: size.rows - 1).squeezed }
    content =
      pages.map { page in
        (space.top..<(space.top + space.rows)).map { page.text(row: $0) }.joined()
      }.joined().squeezed
  }

  func shows(_ item: Item) -> Bool {
    switch item {
    case .text(let text, _):
      content.contains(text.squeezed) || words(of: text).allSatisfy { showsLarge($0, scale: .small) }
    case .choice(let choice):
      // The first words of a long answer are large, the rest is not.
      content.contains(choice.shownLabel.squeezed)
        || words(of: choice.shownLabel).allSatisfy { showsLarge($0, scale: .small) || content.contains($0.squeezed) }
    case .entry(let text), .display(let text):
      content.contains(text.squeezed) || words(of: text).allSatisfy { showsLarge($0, scale: .small) }
        || BigText.Scale.allCases.contains { showsLarge(text, scale: $0) }
    }
  }

  private func words(of text: String) -> [String] { text.split(separator: " ").map(String.init) }

  /// Whether the text stands somewhere in large letters.
  func showsLarge(_ text: String, scale: BigText.Scale) -> Bool {
    var model = Frame(BigText.size(text, scale: scale))
    BigText.draw(text, on: &model, column: 0, row: 0, scale: scale, style: .bold)
    return pages.contains { page in
      guard page.size.rows >= model.size.rows, page.size.columns >= model.size.columns else { return false }
      return (0...(page.size.rows - model.size.rows)).contains { row in
        (0...(page.size.columns - model.size.columns)).contains { column in
          (0..<model.size.rows).allSatisfy { y in
            (0..<model.size.columns).allSatisfy { x in
              let (wanted, found) = (model[x, y], page[column + x, row + y])
              return wanted.character == found.character && wanted.style.isReverse == found.style.isReverse
            }
          }
        }
      }
    }
  }
}
