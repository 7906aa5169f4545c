internal import Core

/// Who reads, as far as cookies say: no state on the server, no name, nothing that outlives the browser
/// but the language and the look of the pages.
struct Visitor: Sendable {
  private static let identityCookie = "tamu"
  private static let languageCookieName: StaticString = "bahasa"
  private static let displayCookieName: StaticString = "tampilan"
  static let officerCookie = "petugas"
  private static let secondsPerYear = 31_536_000
  private static let identityCharacterCount = 26
  private static let onTheWayCookieName: StaticString = "menuju"
  private static let onTheWaySeconds = 60

  /// 128 random bits that only this browser holds; what the form token is bound to.
  let identity: String
  let isNew: Bool
  /// Whether it comes from a redirect that was its very first answer.
  private let isOnTheWay: Bool
  /// Whether it was never shown a page of ours.
  var hasSeenNothing: Bool { isNew || isOnTheWay }
  let language: Language
  /// Whether the reader has just chosen it.
  private let languageIsChosen: Bool
  let preferences: Preferences
  /// Whether the reader has just changed them.
  private let preferencesAreChosen: Bool
  let officerToken: String?

  init(
    _ headers: RequestHeaders, _ target: RequestTarget?, languages: [Language], isSecure: Bool,
    random: any RandomSource
  ) {
    let cookies = headers.cookies
    func cookie(_ name: String) -> String? { cookies[Cookie.fullName(name, secure: isSecure)] }
    if let known = cookie(Self.identityCookie), Self.isIdentity(known) {
      identity = known
      isNew = false
    } else {
      identity = Crockford.encode(random.uint64(), length: 13) + Crockford.encode(random.uint64(), length: 13)
      isNew = true
    }
    isOnTheWay = !isNew && cookie(Self.onTheWayCookieName.description) == "ya"
    let chosen = target?.query("bahasa").flatMap { tag in languages.first { $0.rawValue == tag } }
    languageIsChosen = chosen != nil
    language =
      chosen ?? languages.first { $0.rawValue == cookie(Self.languageCookieName.description) }
      ?? Self.accepted(headers["accept-language"] ?? "", of: languages) ?? .indonesian
    let known = Preferences(cookieValue: cookie(Self.displayCookieName.description) ?? "")
    preferences = known.changed(besar: target?.query("besar") ?? "", kontras: target?.query("kontras") ?? "")
    preferencesAreChosen = preferences != known
    officerToken = cookie(Self.officerCookie)
  }

  /// What the answer should set so that the next request finds it.
  ///
  /// - Parameter isRedirect: to an address that only this visitor can open.
  func cookies(forPage isPage: Bool, isRedirect: Bool = false) -> [Cookie] {
    var cookies: [Cookie] = []
    if isNew, isPage || isRedirect { cookies.append(Cookie("tamu", identity)) }
    if isNew, isRedirect {
      cookies.append(Cookie(Self.onTheWayCookieName, "ya", secondsToLive: Self.onTheWaySeconds))
    }
    if isOnTheWay, isPage { cookies.append(.removing(Self.onTheWayCookieName)) }
    if languageIsChosen { cookies.append(Self.languageCookie(language)) }
    if preferencesAreChosen { cookies.append(Self.displayCookie(preferences)) }
    return cookies
  }

  /// The cookie that keeps the reader's language.
  static func languageCookie(_ language: Language) -> Cookie {
    Cookie(languageCookieName, language.rawValue, secondsToLive: secondsPerYear)
  }

  /// The cookie that keeps how pages look.
  static func displayCookie(_ preferences: Preferences) -> Cookie {
    Cookie(displayCookieName, preferences.cookieValue, secondsToLive: secondsPerYear)
  }

  private static func isIdentity(_ text: String) -> Bool {
    text.utf8.count == identityCharacterCount
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
  }

  /// The language that the reader likes best among ours (RFC 9110 section 12.5.4).
  static func accepted(_ header: String, of languages: [Language]) -> Language? {
    var best: (language: Language, weight: Double)?
    for part in header.split(separator: ",").prefix(20) {
      let sides = part.split(separator: ";")
      let tag = sides.first.map { $0.filter { !$0.isWhitespace }.lowercased() } ?? ""
      let primary = tag.split(separator: "-").first.map(String.init) ?? tag
      let quality = sides.dropFirst().first.map { $0.filter { !$0.isWhitespace } } ?? "q=1"
      let weight = quality.hasPrefix("q=") ? Double(quality.dropFirst(2)) ?? 0 : 1
      // `in` is how old Android versions name Indonesian.
      let wanted = primary == "in" ? "id" : primary
      guard weight > best?.weight ?? 0, let language = languages.first(where: { $0.rawValue == wanted }) else {
        continue
      }
      best = (language, weight)
    }
    return best?.language
  }
}
