internal import HTML
internal import QR
internal import Web

/// What is told: notices, tags, the office, numbers, calls.
extension Specimens {
  var notices: [Specimen] {
    let toned = Self.tones.map { tone in
      Specimen("notice", tone.rawValue) {
        notice(tone, title: say("Buka hari ini", "Open today")) { p { sentence } }
      }
    }
    let others = [
      Specimen("notice", "a title alone, as an answer to what was just done") {
        notice(.success, title: say("Sudah kami terima.", "We have received it."), isNews: true)
      },
      Specimen("notice", "without a title") { notice(.info) { p { sentence } } },
      Specimen("tag", "in each tone") {
        p { for tone in Self.tones { tag(say("Menunggu", "Waiting"), tone) } }
      },
      Specimen("wayNotice", "with its link") {
        wayNotice(say("Anda sudah punya nomor.", "You have a number."), label: say("Buka", "Open"), to: "/tiket/a")
      },
    ]
    return toned + others
  }

  var office: [Specimen] {
    [
      Specimen("officeCard", "with all that is known") { officeCard(voice.context()) },
      Specimen("closuresNotice", "with a day that is closed") { closuresNotice(voice.context()) },
      Specimen("proofCard", "complete, with its code") {
        proofCard(Self.proof, isProven: true, url: { "https://imigrasi.example\($0)" }, voice.context())
      },
      Specimen("proofCard", "not yet complete, where the office has no address") {
        proofCard(Self.proof, isProven: false, url: nil, voice.context())
      },
    ]
  }

  private static let proof = String(repeating: "7K3MZQ4V", count: 30)

  var tickets: [Specimen] {
    [
      Specimen("ticketNumber", "waiting") {
        ticketNumber("A-012", label: say("Nomor antrean Anda", "Your number"))
      },
      Specimen("ticketNumber", "called") {
        card(class: "called") {
          ticketNumber(
            "PRI-012", label: say("Nomor antrean Anda", "Your number"), at: say("Silakan ke Loket 3", "Go to counter 3")
          )
        }
      },
      Specimen("keepCode", "a number") {
        keepCode("1234 5678 9092", label: say("Nomor permohonan", "Application number"))
      },
      Specimen("keepCode", "a fingerprint") {
        keepCode(String(repeating: "9f86d081", count: 8), label: say("Sidik berkas", "Fingerprint of the file"))
      },
      Specimen("qrCode", "of an address") {
        if let code = try? QRCode(text: "https://imigrasi.example/k/0123456789ABCDEFGHJKMNPQRS") {
          qrCode(code, label: say("Kode QR nomor antrean", "QR code of the queue number"))
        }
      },
      Specimen("liveRegion", "a part that follows the hall") {
        liveRegion("tiket", events: "/tiket/a/kejadian", isAnnounced: true) { card { p { sentence } } }
      },
    ]
  }

  var boards: [Specimen] {
    [
      Specimen("callBoard", "before the first call", face: .display) { board(callCount: 0, next: []) },
      Specimen("callBoard", "with one call", face: .display) { board(callCount: 1, next: ["A-014"]) },
      Specimen("callBoard", "with as many as it shows", face: .display) {
        board(callCount: 9, next: ["A-014", "B-003", "PRI-007"])
      },
      Specimen("closedBoard", "on a Sunday", face: .display) {
        closedBoard(
          title: say("Tutup", "Closed"), reason: say("Hari ini hari Minggu.", "Today is Sunday."),
          next: say("Buka lagi Senin 08.00", "Opens again on Monday at 08.00"))
      },
    ]
  }

  private func board(callCount: Int, next: [String]) -> Node {
    callBoard(
      (0..<callCount).map { place in
        BoardCall("A-01\(place)", place: say("Loket \(place + 1)", "Counter \(place + 1)"), isOpen: place % 2 == 0)
      },
      latestLabel: say("Dipanggil", "Now calling"), othersLabel: say("Panggilan sebelumnya", "Earlier calls"),
      empty: say("Belum ada panggilan.", "Nobody is called yet."),
      more: callCount == 9 ? say("Masih ada 12 panggilan lain.", "12 more calls.") : nil,
      next: BoardNext(
        numbers: next, label: say("Bersiaplah", "Get ready"), none: say("Tidak ada yang menunggu", "Nobody waits"),
        waiting: say("7 orang menunggu", "7 people wait")))
  }
}
