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

  /// What the person is told.
  var problem: Problem {
    switch self {
    case .empty: Problem(.invalid, "document.empty")
    case .unknownType: Problem(.invalid, "document.type-refused")
    case .heic: Problem(.invalid, "document.heic")
    case .broken(let type): Problem(.invalid, "document.broken", ["type": type.rawValue.uppercased()])
    }
  }
}
