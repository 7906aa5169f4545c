internal import Core
internal import HTML

/// `/tampilan`: language, large print and contrast, kept in cookies; back to the page it came from.
enum DisplaySettings {
  static var routes: [Route] {
    [
      Route(.post, "/tampilan", for: .everyone) { request in
        change(request, besar: request.form["besar"], kontras: request.form["kontras"], back: request.form["kembali"])
      },
      Route(.get, "/tampilan", for: .everyone) { request in
        change(
          request, besar: request.query("besar") ?? "", kontras: request.query("kontras") ?? "",
          back: request.query("kembali") ?? "")
      },
    ]
  }

  private static func change(_ request: Request, besar: String, kontras: String, back: String) -> Response {
    let preferences = request.context.preferences.changed(besar: besar, kontras: kontras)
    return Response.redirect(Link(localPath: back) ?? "/").setting(Visitor.displayCookie(preferences))
  }
}
