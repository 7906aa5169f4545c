/// Stops of which there are no pictures: pages of words alone, files, and answers that lead elsewhere.
extension Tour {
  var furtherPublicStops: [Stop] {
    [
      Stop(name: "questions", path: "/tanya-jawab"), Stop(name: "privacy", path: "/privasi"),
      Stop(name: "accessibility", path: "/aksesibilitas"), Stop(name: "proof", path: "/cara-membuktikan"),
      Stop(name: "search", path: "/cari"),
      Stop(
        name: "search-found", path: "/cari",
        before: { visitor in
          try visitor.fill("cari", with: "paspor")
          try visitor.press(until: "main a")
        }),
      Stop(name: "find-ticket-errors", path: "/tiket", before: Self.send),
      Stop(name: "find-appointment", path: "/janji/lihat"),
      Stop(name: "find-appointment-errors", path: "/janji/lihat", before: Self.send),
      Stop(name: "appointment-calendar", path: "\(appointment)/kalender"),
      Stop(name: "draw-list", path: "/undian/1/daftar"), Stop(name: "verify-in-english", path: "/verify"),
      Stop(name: "verify-key", path: "/verifikasi/kunci"), Stop(name: "verify-key-text", path: "/verifikasi/kunci.txt"),
      Stop(name: "paper-unknown", path: "/k/00000000000000000000000000"),
      Stop(name: "place-unknown", path: "/ruang-tunggu/0000000000000"),
      Stop(name: "voice-unknown", path: "/suara/tidak-ada"), Stop(name: "health", path: "/kesehatan"),
      Stop(name: "metrics-for-nobody", path: "/metrics"),
    ]
  }

  var furtherOfficeStops: [Stop] {
    [
      Stop(name: "file-without-a-proof", path: "/petugas/laporan.csv?jangka=minggu&menurut=hari"),
      Stop(
        name: "report-as-text", path: "/petugas/laporan",
        before: proven(on: "/petugas/laporan.csv?jangka=minggu&menurut=hari")),
      Stop(name: "report-as-sheet", path: "/petugas/laporan.xlsx?jangka=minggu&menurut=hari"),
      Stop(name: "standing-of-a-session", path: "/petugas/sesi/keadaan"),
      Stop(name: "act-loaded-anew", path: "/petugas/loket/1/panggil"),
      Stop(name: "documents-loaded-anew", path: "/petugas/permohonan/\(application)/dokumen"),
      Stop(name: "health-for-a-supervisor", path: "/kesehatan"),
      Stop(name: "second-step-done", path: "/petugas/faktor/kode"),
      Stop(name: "second-step-on-paper-done", path: "/petugas/faktor/cadangan"),
      Stop(name: "first-factor-done", path: "/petugas/faktor/pertama"),
      Stop(name: "options-of-a-proof", path: "/petugas/bukti/kunci"),
      Stop(name: "options-of-a-first-passkey", path: "/petugas/faktor/pertama/kunci"),
      Stop(name: "guide-of-officers", path: "/petugas/petunjuk"),
    ]
  }

  /// Forms that no stop sends, each with the page that has it where there is reason for it; where not, it is sent as from a
  /// page that was left open.
  var furtherPublicForms: [(page: String, action: String)] {
    let own = "/data-saya/\(application)"
    return [
      (own, "\(own)/salinan"), (own, "/data-saya/keluar"), ("/ruang-tunggu", "/ruang-tunggu"), ("/", "/tampilan"),
    ]
  }

  var furtherOfficeForms: [(page: String, action: String)] {
    [
      ("/petugas/survei", "/petugas/survei/komentar"), ("/petugas/ruang", "/petugas/ruang/sisa-hari"),
      ("/petugas/ruang", "/petugas/ruang/lepas"), ("/petugas/pemeriksaan", "/petugas/pemeriksaan"),
      ("/petugas/faktor/baru", "/petugas/faktor/baru"),
      ("/petugas", "/petugas/faktor/kode"), ("/petugas", "/petugas/faktor/cadangan"),
      ("/petugas", "/petugas/faktor/pertama"), ("/petugas", "/petugas/faktor/pertama/kunci"),
      ("/petugas/faktor", "/petugas/faktor/cadangan/baru"), ("/petugas/faktor", "/petugas/faktor/hapus"),
      ("/petugas/akun", "/petugas/akun/2/faktor"),
    ]
  }

  var publicStreams: [String] {
    [
      "/display/peristiwa", "/display/lantai-2/peristiwa", "/tiket/\(ticket)/peristiwa",
      "/ruang-tunggu/0000000000000/peristiwa",
    ]
  }

  var officeStreams: [String] { ["/petugas/loket/peristiwa", "/petugas/bantuan/peristiwa"] }
}
