internal import Core
internal import HTML
@testable internal import Web

/// The words of the specimens, in one language, and what their pages know of an office.
struct GalleryVoice: Sendable {
  let words: Words
  /// Whether each text has a word at its end that is as long as words get, and no place to break it.
  let isLong: Bool
  var preferences = Preferences()

  func say(_ indonesian: String, _ english: String) -> String {
    switch (words.language, isLong) {
    case (.indonesian, false): indonesian
    case (.indonesian, true): "\(indonesian) mempertanggungjawabkannya"
    case (_, false): english
    case (_, true): "\(english) internationalisation"
    }
  }

  func context(_ face: Face = .portal) -> PageContext {
    var context = PageContext(
      words: words, languages: [.indonesian, .english], preferences: preferences, csrf: "3f9c1b", address: "/galeri",
      officer: face == .console ? officer : nil, navigation: Self.entries,
      now: Instant(milliseconds: 1_795_312_200_000), zone: .wib,
      officeName: LocalizedText(
        [
          .indonesian: "Kantor Imigrasi Kelas I Khusus TPI Jakarta Selatan",
          .english: "South Jakarta Immigration Office",
        ]), officeTelephone: "(021) 7996 340")
    context.contact = OfficeContact(
      address: say("Jalan Warung Buncit Raya 207, Jakarta", "Jalan Warung Buncit Raya 207, Jakarta"),
      email: "layanan@imigrasi.example", place: (latitude: -6.2742, longitude: 106.8297))
    let hours = OfficeHours(
      today: say("Hari ini 08.00–16.00 WIB", "Today 08.00–16.00 WIB"),
      week: [
        (days: say("Senin–Kamis", "Monday–Thursday"), hours: "08.00–16.00"),
        (days: say("Jumat", "Friday"), hours: "08.00–16.30"),
      ], closures: [(day: "25 Desember 2026", reason: say("Hari Natal", "Christmas Day"))])
    context.officeHours = { _, _ in hours }
    return context
  }

  private var officer: SignedInOfficer {
    SignedInOfficer(id: OfficerID(7), rights: .supervisor, name: "Dewi Lestari", counter: say("Loket 3", "Counter 3"))
  }

  static let entries = [
    NavigationEntry(.portal, "catalogue.menu", "/layanan", order: 10, icon: .passport),
    NavigationEntry(.portal, "queue.nav.take", "/antrean", order: 20, icon: .ticket),
    NavigationEntry(.portal, "tracking.menu.look-up", "/lacak", order: 30, icon: .search, hint: "layout.motto"),
    NavigationEntry(.unlisted, "queue.find.title", "/tiket", order: 40),
    NavigationEntry(.unlisted, "web.proof.title", "/verifikasi", order: 50),
    NavigationEntry(.unlisted, "guides.proof", "/cara-membuktikan", order: 60),
    NavigationEntry(.console(nil), "officers.home.title", "/petugas", order: 0, icon: .home),
    NavigationEntry(.console(.serve, .service), "queue.nav.counters", "/petugas/loket", order: 10, icon: .counter),
    NavigationEntry(.console(.hall, .hall), "queue.nav.hall", "/petugas/ruang", order: 30, icon: .people),
  ]
}
