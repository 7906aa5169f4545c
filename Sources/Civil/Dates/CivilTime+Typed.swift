public import Core

extension CivilTime {
  /// Reads a time of the day as people type it: `08.30` as well as `08:30`.
  public init?(typed text: String) {
    self.init(text.split(separator: ".", omittingEmptySubsequences: false).joined(separator: ":"))
  }
}
