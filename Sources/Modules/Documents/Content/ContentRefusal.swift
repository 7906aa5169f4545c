import Contracts
import Core

/// Why a file is not taken, by its content.
enum ContentRefusal: Error, Equatable {
  case empty
  /// None of the accepted types.
  case unknownType
  /// A photograph as iPhones keep it, which most office computers do not open.
  case heic
  /// Begins as that type, but is not whole or not well formed.
  case broken(DocumentType)
  /// A PDF with a program, a command or another file inside.
  case active
  /// A picture that would fill an officer's computer once it is unpacked.
  case tooManyPixels

  /// What the person is told.
  var problem: Problem {
    switch self {
    case .empty: Problem(.invalid, "document.empty")
    case .unknownType: Problem(.invalid, "document.type-refused")
    case .active: Problem(.invalid, "document.active")
    case .tooManyPixels:
      Problem(.invalid, "document.too-many-pixels", ["megapixels": String(PixelBound.countMax / 1_000_000)])
    case .heic: Problem(.invalid, "document.heic")
    case .broken(let type): Problem(.invalid, "document.broken", ["type": type.rawValue.uppercased()])
    }
  }
}

/// How large a picture may be: more than any telephone's camera makes, less than what would fill a computer's memory.
enum PixelBound {
  static let countMax = 220_000_000

  static func allows(width: Int, height: Int) -> Bool {
    let (count, overflow) = width.multipliedReportingOverflow(by: height)
    return !overflow && count <= countMax
  }
}
