internal import Foundation

extension BrowserSession {
  /// What the window shows, as PNG.
  public func picture() throws -> [UInt8] { try Self.png(get("/screenshot")) }

  /// The whole page from top to bottom, as PNG.
  public func fullPagePicture() throws -> [UInt8] {
    let answer = try developer("Page.captureScreenshot", ["format": "png", "captureBeyondViewport": true])
    return try Self.png(answer["data"])
  }

  static func png(_ value: JSON) throws -> [UInt8] {
    guard let data = Data(base64Encoded: value.string ?? "") else {
      throw DriverFailure("unable to capture screen", "no picture")
    }
    return Array(data)
  }
}
