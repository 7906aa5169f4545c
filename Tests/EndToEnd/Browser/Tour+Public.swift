import Foundation

/// The pages of the public.
extension Tour {
  var publicStops: [Stop] { visitStops + appointmentStops + rightsStops + remarkStops + trouble }

  private var visitStops: [Stop] {
    [
      Stop(name: "home", path: "/"), Stop(name: "services", path: "/layanan"),
      Stop(name: "service", path: "/layanan/paspor-elektronik-10"),
      Stop(name: "walk-in-service", path: "/layanan/paspor-hilang"),
      Stop(name: "form", path: "/ajukan/paspor-elektronik-10"),
      Stop(name: "form-errors", path: "/ajukan/izin-tinggal-terbatas", before: Self.send),
      Stop(name: "receipt-closed", path: "/permohonan/\(handedOver)"),
      Stop(name: "receipt", path: "/permohonan/\(application)", before: Self.prove(until: ".receipt")),
      Stop(name: "documents-proof", path: "/permohonan/\(application)/dokumen"),
      Stop(
        name: "documents", path: "/permohonan/\(application)/dokumen", before: proveWithCode(until: "main .document")),
      Stop(name: "document-refused", path: "/permohonan/\(application)/dokumen", before: Self.sendFile("bukan pdf")),
      Stop(
        name: "document-sent", path: "/permohonan/\(application)/dokumen",
        before: Self.sendFile("%PDF-1.7\nsurat\nstartxref\n0\n%%EOF\n")),
      Stop(name: "take-number", path: "/antrean?nomor=\(application)"),
      Stop(name: "take-number-errors", path: "/antrean", before: Self.send),
      Stop(name: "find-ticket", path: "/tiket"), Stop(name: "ticket", path: "/tiket/\(ticket)"),
      Stop(name: "ticket-finished", path: "/tiket/\(finishedTicket)"),
      Stop(name: "follow", path: "/lacak?nomor=\(application)"),
      Stop(name: "timeline", path: "/lacak?nomor=\(application)", before: Self.prove(until: ".timeline")),
      Stop(name: "timeline-handed-over", path: "/lacak?nomor=\(handedOver)", before: Self.prove(until: ".timeline")),
    ]
  }

  private var appointmentStops: [Stop] {
    [
      Stop(name: "appointments", path: "/janji"), Stop(name: "appointments-errors", path: "/janji", before: Self.send),
      Stop(name: "appointment-times", path: times, before: openTimes), Stop(name: "appointment", path: appointment),
      Stop(name: "appointment-move", path: "\(appointment)/ubah"),
      Stop(name: "appointment-cancel", path: "\(appointment)/batal"), Stop(name: "waiting-room", path: "/ruang-tunggu"),
      Stop(name: "draws", path: "/undian"), Stop(name: "draw", path: "/undian/2"),
      Stop(name: "draw-entry", path: drawEntry), Stop(name: "draw-finished", path: "/undian/1"),
      Stop(name: "draw-entry-drawn", path: drawnEntry),
    ]
  }

  private var rightsStops: [Stop] {
    [
      Stop(name: "own-data-look-up", path: "/data-saya?nomor=\(application)"),
      Stop(
        name: "own-data", path: "/data-saya?nomor=\(application)",
        before: proveWithCode(until: "main .card .summary")),
      Stop(name: "ask-for-copy", path: "/data-saya/\(application)/minta/access"),
      Stop(name: "ask-for-correction", path: "/data-saya/\(application)/minta/rectification"),
      Stop(
        name: "ask-for-correction-errors", path: "/data-saya/\(application)/minta/rectification", before: Self.send),
      Stop(name: "ask-for-erasure", path: "/data-saya/\(application)/minta/erasure"),
      Stop(
        name: "request", path: "/data-saya/\(application)/minta/restriction",
        before: { try $0.press(until: ".keep-code, main .problem") }),
      Stop(name: "find-request", path: "/permintaan-data"),
      Stop(name: "find-request-errors", path: "/permintaan-data", before: Self.send),
      Stop(name: "verify", path: "/verifikasi"), Stop(name: "verify-errors", path: "/verifikasi", before: Self.send),
      Stop(name: "verify-not-yet-proven", path: "/verifikasi", before: Self.verify(receipt)),
      Stop(name: "verify-proven", path: "/verifikasi", before: Self.verify(provenReceipt)),
      Stop(name: "verify-forged", path: "/verifikasi", before: Self.verify(forgedReceipt)),
      Stop(name: "verify-unreadable", path: "/verifikasi", before: Self.verify(String(receipt.prefix(20)))),
    ]
  }

  private var remarkStops: [Stop] {
    [
      Stop(name: "survey", path: "/survei?tiket=\(finishedTicket)"),
      Stop(name: "survey-errors", path: "/survei?tiket=\(finishedTicket)", before: Self.send),
      Stop(name: "thanks", path: "/survei/terima-kasih"), Stop(name: "complaint", path: "/pengaduan"),
      Stop(name: "complaint-errors", path: "/pengaduan", before: Self.send),
      Stop(name: "complaint-status", path: "/pengaduan/status"),
      Stop(
        name: "complaint-sent", path: "/pengaduan/status?nomor=\(complaint.number)&baru=ya",
        before: Self.prove(complaint, until: ".keep-code")),
      Stop(
        name: "complaint-answered", path: "/pengaduan/status?nomor=\(answeredComplaint.number)",
        before: Self.prove(answeredComplaint, until: ".keep-code")),
      Stop(name: "help", path: "/bantuan-akses"), Stop(name: "help-errors", path: "/bantuan-akses", before: Self.send),
      Stop(name: "help-called", path: "/bantuan-akses?bantuan=1"),
    ]
  }

  /// What goes wrong, each with the status that the page has.
  private var trouble: [Stop] {
    [
      Stop(name: "problem-400", path: "/layanan?x=%FF"),
      Stop(name: "problem-403", path: "/bantuan-akses", before: Self.sendWithoutToken),
      Stop(name: "problem-404", path: "/tidak-ada"), Stop(name: "problem-409", path: "/survei?tiket=x"),
      Stop(name: "sign-in", path: "/petugas/masuk"),
      Stop(name: "sign-in-errors", path: "/petugas/masuk", before: Self.send),
    ]
  }

  /// Puts a receipt's text into the form, as the script does with a scanned one.
  private static func verify(_ text: String) -> (any PageVisitor) throws -> Void {
    { visitor in
      guard try !visitor.has("main .summary, main .notice") else { return }
      try visitor.fill("r", with: text)
      try visitor.press(until: "main .notice")
    }
  }

  /// One symbol of the signed text is another.
  private var forgedReceipt: String {
    var symbols = Array(receipt)
    let place = symbols.count / 2
    symbols[place] = symbols[place] == "7" ? "8" : "7"
    return String(symbols)
  }

  /// Sends a file in place of the first document that is asked for.
  private static func sendFile(_ content: String) -> (any PageVisitor) throws -> Void {
    { visitor in
      let file = FileManager.default.temporaryDirectory.appendingPathComponent(
        "gapura-\(UUID().uuidString.prefix(8)).pdf")
      try content.write(to: file, atomically: true, encoding: .utf8)
      defer { try? FileManager.default.removeItem(at: file) }
      try visitor.attach(file)
      try visitor.press(until: ".error-summary, main .notice")
    }
  }
}
