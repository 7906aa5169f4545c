internal import Console
internal import QR

/// Finds a place for a code to photograph.
enum PicturePlan {
  /// The columns between the words and the code.
  static let gap = 2
  /// A large ticket number needs so many columns beside the code.
  private static let textColumnsMin = 29

  /// The code at the right of the words, when both fit.
  static func beside(_ picture: Picture, _ space: ScreenSpace) -> Block? {
    let columns = space.size.columns - space.margin - textColumnsMin - gap - 1
    return block(picture, columns: columns, rows: space.rows)
  }

  /// The code on a page below the words, when it fits.
  static func below(_ picture: Picture, _ space: ScreenSpace) -> Block? {
    block(picture, columns: space.size.columns - space.margin, rows: space.rows)
  }

  /// ISO/IEC 18004 wants four light modules around; two are enough for the cameras of telephones.
  private static func block(_ picture: Picture, columns: Int, rows: Int) -> Block? {
    for quiet in [4, 2] {
      let side = picture.code.size + 2 * quiet
      guard side <= columns, (side + 1) / 2 <= rows else { continue }
      return Block(shape: .picture(picture.code, quiet: quiet), rows: (side + 1) / 2, columns: side)
    }
    return nil
  }
}
