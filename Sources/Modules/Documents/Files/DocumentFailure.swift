/// Why a sealed document does not open.
enum DocumentFailure: Error, Equatable {
  /// A chunk is not what was sealed in this place: changed, moved from elsewhere, or another person's.
  case notAuthentic(chunk: Int)
  /// The file ends before the document does.
  case truncated
  /// The file goes on after the document's end.
  case appended
  /// No header that this program would have written.
  case malformed
  /// The file is gone.
  case missing
  /// The system refused to read; the number is its `errno`.
  case unreadable(Int32)
}
