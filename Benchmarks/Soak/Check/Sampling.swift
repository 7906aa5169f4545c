import Client
import Core

/// Looks at things as people do: tickets by their code, documents as an officer opens them, byte by byte.
struct Sampling {
  let rows: [Row]
  let hand: OfficerHand
  let today: CivilDate
  let random: SeededRandom

  /// - Parameter count: how many of each.
  func findings(_ count: Int) throws -> [Finding] {
    let tickets = rows.filter { $0.thing.kind == .ticket && $0.day == today }
    // Older ones may be removed while they are looked for.
    let documents = rows.filter { $0.thing.kind == .document && $0.day == today }
    return try some(count, of: tickets).compactMap(ticket) + some(count, of: documents).compactMap(document)
  }

  private func some(_ count: Int, of rows: [Row]) -> [Row] {
    rows.count <= count ? rows : (0..<count).map { _ in rows[random.below(rows.count)] }
  }

  private func ticket(_ row: Row) throws -> Finding? {
    guard let code = row.code else { return nil }
    let answer = try hand.browser.get("/tiket/\(code)")
    return answer.status == 200 ? nil : Finding(.lost, "the page of \(row.thing): \(answer.status)")
  }

  private func document(_ row: Row) throws -> Finding? {
    guard let application = row.application, let size = Int(row.state) else { return nil }
    let question = try hand.open("/petugas/permohonan")
    guard let look = question.form(to: "/petugas/permohonan") else {
      return lost(row, "cannot be looked for", question)
    }
    let page = try hand.press(look.filled(["nomor": application]))
    guard let form = page.forms.first(where: { $0.action.hasSuffix("/dokumen") }) else {
      return lost(row, "cannot be opened", page)
    }
    let expected = SampleDocument.content(byteCount: size)
    // The case has several; one of them is this one.
    let ids = page.text.matches(of: /name="dokumen" value="(\d+)"/).map { String($0.output.1) }
    for id in Set(ids) {
      let viewer = try hand.browser.submit(form.filled(["dokumen": id, "tujuan": "duplicate-check"]))
      guard let source = viewer.text.firstMatch(of: /(?:data|src)="(\/petugas\/permohonan\/[^"]+izin[^"]+)"/) else {
        return lost(row, "is not shown", viewer)
      }
      let content = try hand.browser.get(String(source.output.1).replacing("&amp;", with: "&"))
      if content.status == 200, SHA256.digest(content.body) == SHA256.digest(expected) { return nil }
    }
    return lost(row, "has other bytes", page)
  }

  private func lost(_ row: Row, _ what: String, _ page: Answer) -> Finding {
    Finding(.lost, "\(row.thing) \(what): \(page.status) \(page.heading ?? "")")
  }
}
