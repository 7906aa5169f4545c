/// The sex as identity documents state it.
public enum Sex: String, Sendable, CaseIterable {
  /// Laki-laki.
  case male = "L"
  /// Perempuan.
  case female = "P"
  /// Unspecified (`X`, in the machine-readable zone `<`; ICAO 9303-3); only in foreign documents.
  case unspecified = "X"
}
