public import Core
public import HTML

/// What a layout needs to know of the reader, the office and the moment; the server fills it for each request.
public struct PageContext: Sendable {
  /// The reader's language.
  public var words: Words
  /// The languages to choose from.
  public var languages: [Language] { common.facts.languages }
  /// How the reader wants pages to look.
  public var preferences: Preferences
  /// The token that every form of the page carries against cross-site requests.
  public var csrf: String
  /// This page's own address, with its query but without `bahasa`: where the language and display switches return to.
  public var address: Link
  /// Who is signed in; nil on pages of the public.
  public var officer: SignedInOfficer?
  /// Whether an officer's session is locked, which shows none of officers' pages.
  var isLocked = false
  /// What the modules put into the menus, of every placement; the layout chooses what the reader may see.
  public var navigation: [NavigationEntry] { common.facts.navigation }
  /// The moment of the request, as well as it is known.
  public var now: Instant
  /// Why `now` is only a guess; officers are told.
  var clockDoubt: ClockDoubt?
  /// Whether a part of the data is not as it was written; officers are told.
  var isDataDamaged = false
  /// How the disk stands; officers are told unless there is ample room.
  var space = Space.Standing.ample
  /// The office's time zone, in which times are shown.
  public var zone: OfficeZone { common.facts.zone }
  /// The office's name, as it stands on every page.
  public var officeName: LocalizedText { common.facts.name }
  /// The office's telephone for help; nil where there is none, and then only LAPOR! is named.
  public var officeTelephone: String? { common.facts.telephone }
  /// Where the office is; nil where that is not configured.
  public var contact: OfficeContact? {
    get { common.facts.contact }
    set { change { $0.contact = newValue } }
  }
  /// When it is open; nil where there is no calendar. Reckoned for the pages that show it.
  var officeHours: (@Sendable (_ now: Instant, _ words: Words) -> OfficeHours)? {
    get { common.facts.hours }
    set { change { $0.hours = newValue } }
  }
  var hours: OfficeHours? { officeHours?(now, words) }
  /// What a form holds that is shown again; the layout puts it back.
  var kept: KeptForm?
  /// What is laid over the page's links and forms.
  var veil: AddressVeil?
  /// With what the page was asked for, where that was a form (`Route.isLookUp`).
  var lookUp: [FormInput.Entry]?
  /// Under which the journal has the request, should it fail.
  var reference: String?
  /// The beginning of the stylesheet, for a browser that was never here: it comes within the page and spares the first
  /// words a round trip, which takes a third of a second on a weak line. Nil once the browser keeps stylesheets.
  var firstStyle: FirstStyle?
  /// The same for a page of that face: officers and displays come every day, over the office's own line.
  func firstStyle(of face: Face) -> FirstStyle? { face == .portal || face == .plain ? firstStyle : nil }
  /// Changes whenever the assets do, so that a browser may keep them for a year.
  public var assetVersion: String { common.facts.assetVersion }

  /// What every reader's pages have in common, behind one reference: a page's parts are handed the context some dozens of
  /// times, and what all requests share would be counted on all processors at once.
  private var common: CommonPart

  private struct Common: Sendable {
    let languages: [Language]
    let navigation: [NavigationEntry]
    let zone: OfficeZone
    let name: LocalizedText
    let telephone: String?
    let assetVersion: String
    var contact: OfficeContact?
    var hours: (@Sendable (_ now: Instant, _ words: Words) -> OfficeHours)?
  }

  private final class CommonPart: Sendable {
    let facts: Common

    init(_ facts: Common) { self.facts = facts }
  }

  private mutating func change(_ change: (inout Common) -> Void) {
    var facts = common.facts
    change(&facts)
    common = CommonPart(facts)
  }

  /// What a page needs to know; what may be missing is nil or empty unless it is given.
  public init(
    words: Words, languages: [Language], preferences: Preferences = Preferences(), csrf: String, address: Link,
    officer: SignedInOfficer? = nil, navigation: [NavigationEntry] = [], now: Instant, zone: OfficeZone,
    officeName: LocalizedText, officeTelephone: String? = nil, assetVersion: String = "0"
  ) {
    self.words = words
    self.preferences = preferences
    self.csrf = csrf
    self.address = address
    self.officer = officer
    self.now = now
    common = CommonPart(
      Common(
        languages: languages, navigation: navigation, zone: zone, name: officeName, telephone: officeTelephone,
        assetVersion: assetVersion))
  }

  /// This page's path, without its query.
  public var path: String { address.path }

  /// Whether any module that is switched on has put the page of `link` into a menu, or offers it unlisted.
  /// Ask before leading to another module's page.
  public func leads(to link: Link) -> Bool {
    let path = link.path
    return navigation.contains { $0.link.path == path }
  }

  /// The entries of the portal's menu, in order.
  public var portalEntries: [NavigationEntry] { entries { $0 == .portal } }

  /// The entries of the portal's foot, in order.
  var footEntries: [NavigationEntry] { entries { $0 == .foot } }

  /// The entries that the signed-in officer may see, in order; none when no officer is signed in.
  public var consoleEntries: [NavigationEntry] {
    guard let officer else { return [] }
    return entries { placement in
      if case .console(let role, _) = placement { officer.role >= role } else { false }
    }
  }

  /// The entry of a menu under which this page is found: its own, or that of the nearest page above it.
  func section(among entries: [NavigationEntry]) -> NavigationEntry? {
    let path = path
    return entries.filter { entry in
      let above = entry.link.path
      return path == above || path.hasPrefix(above + "/") && above != "/petugas"
    }
    .max { $0.link.path.utf8.count < $1.link.path.utf8.count }
  }

  /// The entries to show after a visit, each leading to its page with the ticket's code.
  public func afterVisitEntries(ticket code: String) -> [NavigationEntry] {
    entries { $0 == .afterVisit }.map { entry in
      NavigationEntry(
        entry.placement, entry.label, entry.link.adding("tiket", code), order: entry.order, icon: entry.icon,
        hint: entry.hint)
    }
  }

  private func entries(where isWanted: (Placement) -> Bool) -> [NavigationEntry] {
    navigation.enumerated().filter { isWanted($0.element.placement) }
      .sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }
      .map(\.element)
  }
}
