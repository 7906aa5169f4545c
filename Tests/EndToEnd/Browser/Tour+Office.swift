/// The pages of officers; a supervisor sees them all.
extension Tour {
  var officeStops: [Stop] { counterStops + hallStops + caseStops + settingStops }

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
        before: { visitor in
          try visitor.fill("nomor", with: application)
          try visitor.chooseFirst(of: "isian")
          try visitor.fill("alasan", with: "Permintaan tertulis pengadilan, untuk sidang hari ini.")
          try visitor.press(until: "main .summary, .error-summary")
        }),
    ]
  }

  /// The question before something that ends or changes what others have.
  private static let asked = "main [name=sandi-sendiri]"

  private var settingStops: [Stop] {
    [
      Stop(name: "accounts", path: "/petugas/akun"),
      Stop(name: "account-errors", path: "/petugas/akun", before: Self.send),
      Stop(name: "account-closing", path: "/petugas/akun") { try $0.press(formTo: "/tutup", until: Self.asked) },
      Stop(name: "account-reset", path: "/petugas/akun") { try $0.press(formTo: "/sandi", until: Self.asked) },
      Stop(name: "rights", path: "/petugas/akun/hak"), Stop(name: "account-rights", path: "/petugas/akun/2"),
      Stop(name: "password", path: "/petugas/sandi"),
      Stop(name: "office-problem-404", path: "/petugas/loket/99"),
    ]
  }
}
