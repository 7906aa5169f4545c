internal import HTML
internal import Web

/// What shows data: tables, figures, lists, stages.
extension Specimens {
  var tables: [Specimen] {
    [
      Specimen("dataTable", "with numbers and a state") { table(isCompact: false) },
      Specimen("dataTable", "narrow enough to stay a table on a telephone") { table(isCompact: true) },
      Specimen("dataTable", "empty") {
        dataTable(
          caption: say("Pengaduan", "Complaints"), columns: [say("Nomor", "Number")], rows: [],
          empty: say("Belum ada pengaduan.", "No complaints yet."))
      },
      Specimen("figureTile", "in each tone") {
        for tone in Self.tones { figureTile("23", say("menunggu", "waiting"), tone: tone) }
      },
      Specimen("tiles", "side by side") {
        tiles(Self.tones.map { figureTile("1.234", say("menunggu", "waiting"), tone: $0) })
      },
    ]
  }

  private func table(isCompact: Bool) -> Node {
    let busy = [
      Node.text(say("Izin tinggal", "Stay permit")), .text("37"), .text(say("41 menit", "41 min")),
      tag(say("Padat", "Busy"), .warning),
    ]
    let smooth = [
      Node.text(say("Paspor baru", "New passport")), .text("128"), .text(say("14 menit", "14 min")),
      tag(say("Lancar", "Smooth"), .success),
    ]
    return dataTable(
      caption: say("Per layanan", "By service"), captionIsSeen: true,
      columns: [
        say("Layanan", "Service"), say("Dilayani", "Served"), say("Rata-rata tunggu", "Mean wait"),
        say("Keadaan", "State"),
      ], numeric: [1, 2], isCompact: isCompact, rows: [busy, smooth])
  }

  static let tones: [Tone] = [.info, .success, .warning, .error, .neutral]

  var lists: [Specimen] {
    [
      Specimen("summaryList", "with a link to change a value, and a tag") {
        summaryList([
          SummaryRow(say("Layanan", "Service"), say("Paspor elektronik baru", "New e-passport")),
          SummaryRow(say("Biaya", "Fee"), "Rp650.000", change: (say("Cara bayar", "How to pay"), "/bayar")),
          SummaryRow(say("Keadaan", "State"), node: tag(say("Menunggu", "Waiting"), .warning)),
        ])
      },
      Specimen("timeline", "under way") { timeline(steps(last: .ahead)) },
      Specimen("timeline", "stopped") { timeline(steps(last: .stopped)) },
      Specimen("stepList", "at the first step") { steps(at: 1) },
      Specimen("stepList", "in the middle") { steps(at: 2) },
      Specimen("stepList", "at the last step") { steps(at: 4) },
    ]
  }

  private func steps(last: TimelineStep.State) -> [TimelineStep] {
    [
      TimelineStep(
        say("Permohonan diterima", "Application received"), .done, stateWord: say("selesai", "done"),
        when: "22 November 2026"),
      TimelineStep(
        say("Pencetakan", "Printing"), .current, stateWord: say("sedang berjalan", "in progress"), text: sentence),
      TimelineStep(
        say("Siap diambil", "Ready"), last,
        stateWord: last == .stopped ? say("dihentikan", "stopped") : say("berikutnya", "next")),
    ]
  }

  private func steps(at current: Int) -> Node {
    stepList(
      [say("Syarat", "Needs"), say("Data diri", "About you"), say("Berkas", "Files"), say("Kirim", "Send")],
      current: current, announced: say("Langkah \(current) dari 4", "Step \(current) of 4"))
  }
}
