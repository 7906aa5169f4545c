internal import Client
internal import Foundation

/// The letters that a browser finds on its machine: the pages name none of their own, so that they must hold with any.
public enum FontFamily: String, CaseIterable, Sendable {
  /// Wide: what a bare Debian has.
  case dejaVu = "DejaVu"
  /// In the middle: what telephones have.
  case noto = "Noto"
  /// Narrow, as wide as Arial: what office machines have.
  case liberation = "Liberation"

  /// Where `scripts/dependencies` has them put (`fonts-dejavu-core`, `fonts-noto-core`, `fonts-liberation`).
  private var directory: String { "/usr/share/fonts/truetype/\(rawValue.lowercased())" }
  private var mono: String { self == .liberation ? "Liberation Mono" : "\(rawValue) Sans Mono" }

  /// Writes settings for fontconfig (fonts-conf(5)) with which a program finds this family and no other.
  ///
  /// - Throws: `DriverFailure` when the family is not installed.
  func writeSettings(to file: URL) throws {
    guard FileManager.default.fileExists(atPath: directory) else {
      throw DriverFailure("no fonts", "\(directory) is missing; please run scripts/dependencies test")
    }
    let families = ["sans-serif", "sans", "system-ui"].map { ($0, "\(rawValue) Sans") }
    let others = [("serif", "\(rawValue) Serif"), ("monospace", mono), ("ui-monospace", mono)]
    let aliases = (families + others).map {
      "<alias binding=\"same\"><family>\($0)</family><prefer><family>\($1)</family></prefer></alias>"
    }
    try """
    <?xml version="1.0"?>
    <!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
    <fontconfig>
    <dir>\(directory)</dir>
    \(aliases.joined(separator: "\n"))
    <match><edit name="family" mode="append_last"><string>\(rawValue) Sans</string></edit></match>
    <cachedir>/var/cache/fontconfig</cachedir>
    <cachedir>\(file.deletingLastPathComponent().path)/cache</cachedir>
    </fontconfig>
    """.write(to: file, atomically: true, encoding: .utf8)
  }
}
