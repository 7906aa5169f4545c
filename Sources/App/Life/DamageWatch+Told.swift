import Contracts
import Store

/// A command that has read everything tells the service of the pages that are damaged, so that health says it at once and not
/// when the round comes to them. The service believes no one: it looks at those pages itself.
extension DamageWatch {
  /// The first word of the request at the control socket; after it come pages as `FILE:PAGE`, without the directory.
  static let request = "damage"
  /// So many fit in one request.
  private static let toldCountMax = 200

  /// Tells the service that listens at a socket, if there is one.
  static func tellService(of pages: [DamagedPage], at socket: String) {
    guard !pages.isEmpty else { return }
    let told = pages.prefix(toldCountMax).map { "\(name(of: $0.file)):\($0.number)" }
    // A service of another version refuses, and comes upon them in its own round.
    _ = try? ControlSocket.ask("\(request) \(told.joined(separator: " "))", at: socket)
  }

  /// Looks at pages of which a command has told, in the background.
  ///
  /// - Returns: what the command is answered.
  func look(at told: [String]) -> [String] {
    let pages = told.prefix(Self.toldCountMax).compactMap(page)
    inBackground { watch in watch.take(found: Set(pages.filter(DamageWatch.isDamaged)), right: []) }
    return ["looked at: \(pages.count)"]
  }

  private func page(_ text: String) -> Finding? {
    let parts = text.split(separator: ":").map(String.init)
    guard parts.count == 2, let page = Int64(parts[1]), page > 0,
      let file = files.first(where: { Self.name(of: $0) == parts[0] })
    else { return nil }
    return Finding(file: file, page: page)
  }

  private static func isDamaged(_ page: Finding) -> Bool {
    do {
      return try Store.checkPages(of: page.file, from: page.page, count: 1).damagedPage == page.page
    } catch StoreError.corrupt {
      return page.page == 1
    } catch {
      return false
    }
  }

  private static func name(of file: String) -> String { file.split(separator: "/").last.map(String.init) ?? file }
}
