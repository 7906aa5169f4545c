/// The pages of officers; a supervisor sees them all.
extension Tour {
  var officeStops: [Stop] { counterStops + hallStops + caseStops + sessionStops + settingStops }

  /// What a clerk sees of it, and a page that is not a clerk's.
  var clerkStops: [Stop] {
    [
      Stop(name: "clerk-home", path: "/petugas"), Stop(name: "clerk-counters", path: "/petugas/loket"),
      Stop(name: "clerk-problem-403", path: "/petugas/laporan"),
    ]
  }

  private var counterStops: [Stop] {
    [
      Stop(name: "console-home", path: "/petugas"),
      Stop(name: "console-menu", path: "/petugas", before: { try $0.openMenu() }),
      Stop(name: "counters", path: "/petugas/loket"), Stop(name: "counter", path: "/petugas/loket/1"),
      Stop(name: "counter-free", path: "/petugas/loket/3"),
      Stop(name: "counter-of-a-colleague", path: "/petugas/loket/2"),
      Stop(name: "counter-tools", path: "/petugas/loket/1", before: { try $0.unfold() }),
      Stop(name: "work-list", path: "/petugas/berkas"),
      Stop(name: "case-look-up", path: "/petugas/permohonan?nomor=\(application)"),
      Stop(
        name: "case", path: "/petugas/permohonan?nomor=\(application)",
        before: { try $0.press(until: "main .summary") }),
      Stop(name: "case-unknown", path: "/petugas/permohonan", before: Self.send),
      Stop(name: "calls-for-help", path: "/petugas/bantuan"),
    ]
  }

  private var hallStops: [Stop] {
    [
      Stop(name: "hall", path: "/petugas/ruang"), Stop(name: "hall-counter", path: "/petugas/ruang/loket/2"),
      Stop(name: "stops", path: "/petugas/ruang/henti"),
      Stop(name: "appointments-desk", path: "/petugas/janji"),
      Stop(name: "appointments-desk-open", path: "/petugas/janji", before: { try $0.unfold() }),
      Stop(name: "report", path: "/petugas/laporan?jangka=minggu&menurut=hari"),
      Stop(name: "report-by-officer", path: "/petugas/laporan?jangka=bulan&menurut=petugas"),
      Stop(name: "survey-results", path: "/petugas/survei"), Stop(name: "complaints", path: "/petugas/pengaduan"),
      Stop(name: "complaint-case", path: "/petugas/pengaduan/1"),
      Stop(name: "complaint-case-answered", path: "/petugas/pengaduan/2"),
      Stop(name: "checks", path: "/petugas/pemeriksaan"),
    ]
  }

  private var caseStops: [Stop] {
    [
      Stop(name: "request-at-counter", path: "/petugas/permintaan-data"),
      Stop(name: "data-protection", path: "/petugas/hak-data"),
      Stop(name: "openings", path: "/petugas/hak-data/pembukaan"),
      Stop(
        name: "request-case", path: "/petugas/hak-data",
        before: { try $0.follow(linkTo: "/petugas/hak-data/kasus/", until: "main form.form") }),
      Stop(name: "break-glass", path: "/petugas/hak-data/darurat"),
      Stop(name: "break-glass-errors", path: "/petugas/hak-data/darurat", before: Self.send),
      Stop(
        name: "break-glass-opened", path: "/petugas/hak-data/darurat",
        before: proven(on: "/petugas/hak-data/darurat") { visitor in
          try visitor.fill("nomor", with: application)
          try visitor.chooseFirst(of: "isian")
          try visitor.fill("alasan", with: "Permintaan tertulis pengadilan, untuk sidang hari ini.")
          try visitor.press(until: "main .summary, .error-summary")
        }),
    ]
  }

  /// The question before something that ends or changes what others have.
  private static let asked = "main [data-confirm]"

  /// Gives the supervisor's password anew, without which acts of that page are not done long after signing in.
  func proven(
    on path: String, _ act: @escaping (any PageVisitor) throws -> Void = { _ in }
  ) -> (any PageVisitor) throws -> Void {
    { visitor in
      try visitor.open(origin + "/petugas/bukti")
      try visitor.fill("_bukti-sandi", with: password)
      try visitor.press(until: "main .entries")
      try visitor.open(origin + path)
      try act(visitor)
    }
  }

  private var sessionStops: [Stop] {
    [
      Stop(name: "sessions", path: "/petugas/sesi"), Stop(name: "sessions-of-all", path: "/petugas/sesi/petugas"),
      Stop(name: "proof", path: "/petugas/bukti"),
      Stop(name: "proof-errors", path: "/petugas/bukti", before: Self.send),
      Stop(name: "pin", path: "/petugas/sesi/pin", before: proven(on: "/petugas/sesi/pin")),
      Stop(name: "pin-errors", path: "/petugas/sesi/pin", before: proven(on: "/petugas/sesi/pin", Self.send)),
      Stop(
        name: "console-locked", path: "/petugas/loket/1",
        before: { try $0.press(formTo: "/petugas/sesi/kunci", until: "[data-locked]") }),
      Stop(name: "locked", path: "/petugas/terkunci"),
      Stop(
        name: "unlocked", path: "/petugas/terkunci",
        before: { visitor in
          guard try visitor.has("[data-locked]") else { return }
          try visitor.fill("_bukti-sandi", with: password)
          try visitor.press(until: "main .entries")
        }),
    ]
  }

  private var settingStops: [Stop] {
    [
      Stop(name: "accounts", path: "/petugas/akun"),
      Stop(name: "account-errors", path: "/petugas/akun", before: Self.send),
      Stop(
        name: "account-closing", path: "/petugas/akun",
        before: proven(on: "/petugas/akun") { try $0.press(formTo: "/tutup", until: Self.asked) }),
      Stop(name: "account-reset", path: "/petugas/akun") { try $0.press(formTo: "/sandi", until: Self.asked) },
      Stop(name: "rights", path: "/petugas/akun/hak"), Stop(name: "account-rights", path: "/petugas/akun/2"),
      Stop(name: "passkeys", path: "/petugas/kunci"),
      Stop(
        name: "passkey-touch", path: "/petugas/kunci",
        before: proven(on: "/petugas/kunci") { visitor in
          try visitor.press(formTo: "/petugas/kunci/baru", until: "main [data-passkey-part]")
        }),
      Stop(name: "password", path: "/petugas/sandi"), Stop(name: "factors", path: "/petugas/faktor"),
      Stop(name: "factor-setup", path: "/petugas/faktor/baru", before: proven(on: "/petugas/faktor/baru")),
      Stop(
        name: "factor-setup-errors", path: "/petugas/faktor/baru",
        before: proven(on: "/petugas/faktor/baru", Self.send)),
      Stop(name: "office-problem-404", path: "/petugas/loket/99"),
    ]
  }
}
