import Core
import HTML
import QR
import Web

/// Pages as modules will build them, from the components alone: for audits, budgets and looking at.
struct Samples {
  let words: Words
  var preferences = Preferences()

  static let names = [
    "home", "form", "form-errors", "receipt", "tracking", "survey", "ticket", "ticket-called", "counter", "report",
    "display", "problem",
  ]

  private func say(_ indonesian: String, _ english: String) -> String {
    words.language == .indonesian ? indonesian : english
  }

  private var entries: [NavigationEntry] {
    [
      NavigationEntry(.portal, "sample.apply", "/layanan", order: 10, icon: .passport, hint: "sample.apply.hint"),
      NavigationEntry(.portal, "sample.queue", "/antrean", order: 20, icon: .ticket, hint: "sample.queue.hint"),
      NavigationEntry(.portal, "sample.track", "/lacak", order: 30, icon: .search, hint: "sample.track.hint"),
      NavigationEntry(.portal, "sample.access", "/bantuan-akses", order: 40, icon: .access, hint: "sample.access.hint"),
      NavigationEntry(.portal, "sample.survey", "/survei", order: 50, icon: .star, hint: "sample.survey.hint"),
      NavigationEntry(
        .portal, "sample.complain", "/pengaduan", order: 60, icon: .message, hint: "sample.complain.hint"),
      NavigationEntry(.console(nil), "sample.apply", "/petugas", order: 0, icon: .home),
      NavigationEntry(.console(.serve, .service), "sample.counter", "/petugas/loket", order: 10, icon: .counter),
      NavigationEntry(.console(.serve, .service), "sample.work", "/petugas/permohonan", order: 20, icon: .list),
      NavigationEntry(.console(.serve, .service), "sample.queue", "/petugas/berkas", order: 25, icon: .list),
      NavigationEntry(.console(.hall, .hall), "sample.hall", "/petugas/ruang", order: 30, icon: .people),
      NavigationEntry(.console(.hall, .reports), "sample.report", "/petugas/laporan", order: 40, icon: .chart),
      NavigationEntry(.console(.hall, .reports), "sample.survey", "/petugas/survei", order: 41, icon: .star),
      NavigationEntry(.console(.hall, .reports), "sample.complain", "/petugas/pengaduan", order: 42),
      NavigationEntry(.console(.serve, .settings), "sample.access", "/petugas/sandi", order: 90, icon: .lock),
    ]
  }

  private func context(_ address: Link, officer: SignedInOfficer? = nil) -> PageContext {
    PageContext(
      words: words, languages: [.indonesian, .english], preferences: preferences, csrf: "3f9c1b", address: address,
      officer: officer, navigation: entries, now: Instant(milliseconds: 1_795_312_200_000), zone: .wib,
      officeName: LocalizedText(
        [
          .indonesian: "Kantor Imigrasi Kelas I Khusus TPI Jakarta Selatan",
          .english: "South Jakarta Immigration Office",
        ]), officeTelephone: "(021) 7996 340")
  }

  private var officer: SignedInOfficer {
    SignedInOfficer(id: OfficerID(7), rights: .supervisor, name: "Dewi Lestari", counter: say("Loket 3", "Counter 3"))
  }

  func page(_ name: String) -> Node {
    switch name {
    case "home": home
    case "form": form(FormInput())
    case "form-errors": form(refused)
    case "receipt": receipt
    case "tracking": tracking
    case "survey": survey
    case "ticket": ticket(called: false)
    case "ticket-called": ticket(called: true)
    case "counter": counter
    case "report": report
    case "display": display
    default: problem
    }
  }

  private var home: Node {
    let context = context("/")
    return Layout.page(
      title: say("Beranda", "Home"), context: context, face: .portal,
      body: fragment {
        hero(
          say("Selamat datang. Ada yang bisa kami bantu?", "Welcome. How can we help?"),
          lead: say(
            "Ajukan paspor dan izin tinggal, ambil nomor antrean, dan ikuti permohonan Anda dari rumah.",
            "Apply for passports and stay permits, take a queue number and follow your application from home.")
        ) {
          linkButton(say("Ambil nomor antrean", "Take a queue number"), to: "/antrean", style: .primary, icon: .ticket)
          linkButton(say("Lacak permohonan", "Track an application"), to: "/lacak", icon: .search)
        }
        notice(.info, title: say("Buka hari ini pukul 08.00–16.00 WIB", "Open today 8 am – 4 pm"))
        h2 { say("Layanan kami", "Our services") }
        entryCards(context.portalEntries, context)
      })
  }

  private var fields: [Field] {
    [
      .text(
        "nama", label: say("Nama lengkap", "Full name"),
        hint: say("Tulis persis seperti di KTP atau akta kelahiran.", "Exactly as in your identity card."), kind: .name),
      .text(
        "nik", label: "NIK", hint: say("16 angka, tertulis di KTP Anda.", "16 digits, on your identity card."),
        kind: .numeric(digits: 16)),
      .text(
        "lahir", label: say("Tanggal lahir", "Date of birth"), hint: say("Misalnya 27 3 1990", "For example 27 3 1990"),
        kind: .birthDate),
      .text("surel", label: say("Alamat email", "Email address"), required: false, kind: .email),
      .choice(
        "jenis", label: say("Jenis paspor", "Kind of passport"),
        options: [
          .init("elektronik", say("Paspor elektronik", "E-passport"), hint: "Rp650.000"),
          .init("biasa", say("Paspor biasa", "Ordinary passport"), hint: "Rp350.000"),
        ]),
      .select(
        "kota", label: say("Tempat lahir", "Place of birth"),
        options: [
          .init("jkt", "Jakarta"), .init("bdg", "Bandung"), .init("sby", "Surabaya"),
        ]),
      .file(
        "ktp", label: say("Foto atau pindaian KTP", "Photo or scan of your identity card"),
        hint: say("JPG, PNG, atau PDF, paling besar 5 MB.", "JPG, PNG or PDF, at most 5 MB."),
        accept: "image/jpeg,image/png,application/pdf"),
      .text("catatan", label: say("Catatan", "Notes"), required: false, kind: .multiline(rows: 3)),
      .checkbox("setuju", label: say("Saya menyatakan data ini benar.", "I declare that this is true.")),
    ]
  }

  private var refused: FormInput {
    var input = FormInput([
      .init("nama", "Budi <b>Santoso</b>"), .init("nik", "317401230590000"), .init("lahir--hari", "31"),
      .init("lahir--bulan", "2"), .init("lahir--tahun", "1990"), .init("jenis", "elektronik"), .init("setuju", "ya"),
    ])
    input.refuse("nik", say("NIK harus 16 angka. Anda memasukkan 15 angka.", "A NIK has 16 digits; you wrote 15."))
    fields.check(&input, words)
    input.warn(
      "nama", say("Nama biasanya hanya huruf. Benar begini?", "Names are usually letters only. Is this right?"))
    return input
  }

  private func form(_ input: FormInput) -> Node {
    let context = context("/ajukan/paspor-baru")
    return Layout.page(
      title: say("Data diri", "About you"), context: context, face: .portal,
      body: fragment {
        stepList(
          [say("Syarat", "Needs"), say("Data diri", "About you"), say("Berkas", "Files"), say("Kirim", "Send")],
          current: 2, announced: say("Langkah 2 dari 4", "Step 2 of 4"))
        pageHeading(say("Data diri", "About you"), lead: say("Permohonan paspor baru", "New passport"))
        formNode(
          context, to: "/ajukan/paspor-baru", submission: "k-1", fields: fields, input: input,
          submitLabel: say("Simpan dan lanjutkan", "Save and continue"), cancel: (say("Kembali", "Back"), "/layanan"))
      })
  }

  private var receipt: Node {
    let context = context("/permohonan/123456789092")
    return Layout.page(
      title: say("Resi permohonan", "Receipt"), context: context, face: .portal,
      body: fragment {
        notice(
          .success, title: say("Permohonan Anda sudah kami terima.", "We have received your application."), isNews: true
        ) {
          p {
            say(
              "Simpan nomor di bawah. Dengan nomor itu Anda dapat melacak permohonan.",
              "Keep this number to follow your application.")
          }
        }
        pageHeading(say("Resi permohonan", "Receipt"))
        columns {
          card {
            keepCode("1234 5678 9092", label: say("Nomor permohonan", "Application number"))
            summaryList([
              SummaryRow(say("Layanan", "Service"), say("Paspor elektronik baru", "New e-passport")),
              SummaryRow(say("Nama", "Name"), "Budi Santoso"),
              SummaryRow(
                say("Biaya", "Fee"), "\(Rupiah(650_000))", change: (say("Cara bayar", "How to pay"), "/bayar")),
              SummaryRow(say("Kode billing", "Payment code"), "820 2611 2200 4471"),
              SummaryRow(
                say("Jadwal kedatangan", "Appointment"),
                say("Rabu, 25 November 2026, 09.30 WIB", "Wednesday, 25 November 2026, 9.30")),
              SummaryRow(
                say("Keadaan", "State"), node: tag(say("Menunggu pembayaran", "Waiting for payment"), .warning)),
            ])
          }
        } aside: {
          card(title: say("Tunjukkan saat datang", "Show when you come"), class: "center") {
            if let code = try? QRCode(text: "https://jaksel.example/permohonan/123456789092") {
              qrCode(code, label: say("Kode QR nomor permohonan", "QR code of the application number"))
            }
          }
        }
        div(.class("actions")) {
          linkButton(say("Bayar sekarang", "Pay now"), to: "/bayar", style: .primary);
          linkButton(say("Lacak", "Track"), to: "/lacak")
        }
      })
  }

  private var tracking: Node {
    let done = say("selesai", "done")
    return Layout.page(
      title: say("Lacak permohonan", "Track"), context: context("/lacak"), face: .portal,
      body: fragment {
        pageHeading(
          say("Paspor Anda sedang dicetak", "Your passport is being printed"),
          lead: say("Perkiraan selesai: Jumat, 27 November 2026", "Expected by Friday, 27 November 2026"),
          eyebrow: "1234 5678 9092")
        card {
          timeline([
            TimelineStep(
              say("Permohonan diterima", "Application received"), .done, stateWord: done, when: "22 November 2026"),
            TimelineStep(say("Pembayaran", "Payment"), .done, stateWord: done, when: "22 November 2026"),
            TimelineStep(
              say("Wawancara, foto, dan sidik jari", "Interview, photo and fingerprints"), .done, stateWord: done,
              when: "25 November 2026"),
            TimelineStep(
              say("Pencetakan", "Printing"), .current, stateWord: say("sedang berjalan", "in progress"),
              text: say("Buku paspor dicetak lalu diperiksa mutunya.", "The booklet is printed and checked.")),
            TimelineStep(say("Siap diambil", "Ready for collection"), .ahead, stateWord: say("berikutnya", "next")),
          ])
        }
      })
  }

  private var survey: Node {
    let context = context("/survei")
    let scale: [Field.Option] = [
      .init("1", say("Tidak baik", "Poor")), .init("2", say("Kurang baik", "Fair")), .init("3", say("Baik", "Good")),
      .init("4", say("Sangat baik", "Very good")),
    ]
    return Layout.page(
      title: say("Survei kepuasan", "Survey"), context: context, face: .portal,
      body: fragment {
        pageHeading(
          say("Bagaimana pelayanan kami?", "How did we do?"),
          lead: say(
            "Satu menit saja. Nilai Anda membantu kami jadi lebih baik.",
            "One minute only. Your answers help us improve."))
        formNode(
          context, to: "/survei", submission: "k-2",
          fields: [
            .choice("u1", label: say("Kemudahan prosedur", "Ease of procedure"), options: scale, arranged: .inline),
            .choice("u2", label: say("Kecepatan pelayanan", "Speed of service"), options: scale, arranged: .inline),
            .text("saran", label: say("Saran", "Suggestions"), required: false, kind: .multiline(rows: 3)),
          ], submitLabel: say("Kirim penilaian", "Send"))
      })
  }

  private func ticket(called: Bool) -> Node {
    let context = context("/tiket/0123456789ABC")
    return Layout.page(
      title: say("Nomor antrean A-012", "Queue number A-012"), context: context, face: .portal,
      scripts: [.ticket],
      body: fragment {
        pageHeading(called ? say("Giliran Anda", "It is your turn") : say("Anda dalam antrean", "You are in the queue"))
        columns {
          liveRegion("tiket", events: "/tiket/0123456789ABC/kejadian", isAnnounced: true) {
            card(class: called ? "called" : nil) {
              ticketNumber(
                "A-012", label: say("Nomor antrean Anda", "Your number"),
                at: called ? say("Silakan ke Loket 3", "Please go to counter 3") : nil)
              if !called {
                tiles([
                  figureTile("5", say("orang di depan Anda", "people ahead of you"), tone: .info),
                  figureTile(say("± 20 menit", "± 20 min"), say("perkiraan tunggu", "estimated wait")),
                ])
                p(.class("muted")) {
                  say("Ini hanya perkiraan. Waktu bisa berubah.", "This is an estimate and may change.")
                }
              }
            }
          }
        } aside: {
          card(title: say("Siapkan dokumen asli", "Have the originals ready")) {
            ul {
              li { "KTP" }; li { say("Kartu keluarga", "Family card") };
              li { say("Akta kelahiran", "Birth certificate") }
            }
          }
          actionButton(
            context, to: "/tiket/0123456789ABC/batal", label: say("Batalkan nomor", "Cancel this number"),
            style: .danger)
        }
      })
  }

  private var counter: Node {
    let context = context("/petugas/loket", officer: officer)
    return Layout.page(
      title: say("Loket 3", "Counter 3"), context: context, face: .console,
      body: fragment {
        pageHeading(say("Loket 3 – Paspor", "Counter 3 – Passports"))
        liveRegion("loket", events: "/petugas/kejadian") {
          tiles([
            figureTile("23", say("menunggu", "waiting"), tone: .info),
            figureTile("4", say("prioritas", "priority"), tone: .warning),
            figureTile("41", say("selesai hari ini", "done today"), tone: .success),
            figureTile(say("12 mnt", "12 min"), say("tunggu terlama", "longest wait")),
          ])
          columns {
            card(title: say("Sedang dilayani", "Being served")) {
              ticketNumber("A-012", label: say("Paspor baru · dipanggil 09.42", "New passport · called 9.42"))
              summaryList([
                SummaryRow(
                  say("Permohonan", "Application"), "1234 5678 9092",
                  change: (say("Buka", "Open"), "/petugas/permohonan/123456789092")),
                SummaryRow(say("Kebutuhan", "Needs"), node: tag(say("Kursi roda", "Wheelchair"), .info)),
              ])
              div(.class("actions")) {
                actionButton(
                  context, to: "/petugas/selesai", label: say("Selesai, panggil berikutnya", "Done, call next"),
                  style: .primary, icon: .bell, submission: "s-1", key: "n")
                actionButton(context, to: "/petugas/ulang", label: say("Panggil lagi", "Call again"), key: "r")
                actionButton(context, to: "/petugas/lewati", label: say("Tidak hadir", "No-show"), key: "x")
              }
            }
          } aside: {
            dataTable(
              caption: say("Berikutnya", "Next"), captionIsSeen: true,
              columns: [say("Nomor", "Number"), say("Layanan", "Service"), say("Tunggu", "Wait")], numeric: [2],
              rows: [["P-003", "Prioritas", "12"], ["A-013", "Paspor baru", "11"], ["A-014", "Penggantian", "9"]].map {
                $0.map(Node.text)
              })
          }
        }
      })
  }

  private var report: Node {
    Layout.page(
      title: say("Statistik", "Statistics"), context: context("/petugas/laporan", officer: officer), face: .console,
      body: fragment {
        pageHeading(say("Statistik hari ini", "Today’s statistics"))
        dataTable(
          caption: say("Per layanan", "By service"),
          columns: [
            say("Layanan", "Service"), say("Dilayani", "Served"), say("Rata-rata tunggu", "Mean wait"),
            say("Keadaan", "State"),
          ], numeric: [1, 2],
          rows: [
            [
              .text(say("Paspor baru", "New passport")), .text("128"), .text(say("14 menit", "14 min")),
              tag(say("Lancar", "Smooth"), .success),
            ],
            [
              .text(say("Izin tinggal", "Stay permit")), .text("37"), .text(say("41 menit", "41 min")),
              tag(say("Padat", "Busy"), .warning),
            ],
          ])
        h2 { say("Pengaduan", "Complaints") }
        dataTable(
          caption: say("Pengaduan", "Complaints"), columns: [say("Nomor", "Number")], rows: [],
          empty: say("Belum ada pengaduan hari ini.", "No complaints today."))
      })
  }

  private var display: Node {
    Layout.page(
      title: say("Panggilan", "Calls"), context: context("/display"), face: .display,
      body: fragment {
        liveRegion("papan", events: "/display/kejadian") {
          h1(.class("unseen")) { say("Panggilan antrean", "Queue calls") }
          callBoard(
            [("A-012", "3"), ("P-002", "1"), ("A-011", "5"), ("B-007", "2"), ("A-010", "4")].map {
              BoardCall($0.0, place: say("Loket ", "Counter ") + $0.1)
            },
            latestLabel: say("Dipanggil", "Now calling"), othersLabel: say("Panggilan sebelumnya", "Earlier calls"),
            empty: "")
        }
      })
  }

  private var problem: Node {
    Layout.page(
      title: say("Tidak ditemukan", "Not found"), context: context("/x"), face: .plain,
      body: fragment {
        pageHeading(
          say("Halaman ini tidak ada", "There is no such page"),
          lead: say("Periksa alamatnya, atau mulai dari beranda.", "Check the address, or start from the home page."))
        div(.class("actions")) { linkButton(say("Ke beranda", "Home page"), to: "/", style: .primary, icon: .home) }
      })
  }
}
