internal import HTML

/// Where to go after signing in: a page of the console, named by `?kembali=`. Anything else leads to the
/// console's start, so a link in a mail cannot send a signed-in officer to another site.
enum ReturnPath {
  static let field = "kembali"
  static let home: Link = "/petugas"

  static func link(_ text: String?) -> Link {
    guard let text, let link = Link(localPath: text), isConsole(link.path) else { return home }
    return link
  }

  /// A link to a page of the way in, which leads on to where the officer wanted to go.
  static func adding(_ target: Link, to page: Link) -> Link {
    target == home ? page : page.adding("kembali", target.description)
  }

  private static func isConsole(_ path: String) -> Bool {
    // Browsers take these out of an address before they ask for it: it would lead elsewhere.
    let segments = path.lowercased().replacing("%2e", with: ".").split(separator: "/")
    guard !segments.contains(where: { $0 == "." || $0 == ".." }) else { return false }
    let isInside = path == "/petugas" || path.hasPrefix("/petugas/")
    return isInside && !["/petugas/masuk", "/petugas/keluar"].contains(path)
  }
}
