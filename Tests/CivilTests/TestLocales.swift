import Core
import Foundation

/// The languages' files as they are shipped.
enum TestLocales {
  static var directory: String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("share/locales").path
  }

  static func load() throws -> Locales { try Locales.load(directory: directory) }
}
