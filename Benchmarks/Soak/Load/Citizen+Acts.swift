import Client
import Core
import Foundation
import People

extension Citizen {
  // MARK: Applying

  /// - Returns: the application's number; nil when its answer stayed away or asked for something else.
  func apply() throws -> String? {
    let path = "/ajukan/\(Town.service)"
    let (person, nik) = town.newcomer()
    let date = person.dateOfBirth
    let form = try form(to: path, on: browser.get(path)).filled([
      "nama": person.fullName, "nik": nik, "tempat-lahir": person.birthPlace, "tanggal-lahir--hari": String(date.day),
      "tanggal-lahir--bulan": String(date.month), "tanggal-lahir--tahun": String(date.year),
      "jenis-kelamin": person.sex, "telepon": person.telephone, "alamat": person.address, "tujuan": "wisata",
    ])
    let answer = try file(form, of: person)
    // A name that looks odd is warned of, and sent again as it is.
    guard answer.status == 422, let again = answer.form(to: path) else { return Self.end(of: answer) }
    return Self.end(of: try file(again, of: person))
  }

  private func file(_ form: PageForm, of person: Person) throws -> Answer {
    let (key, day, keeper) = (Self.key(of: form), day, keeper)
    return try send(
      Sending(form: form, before: { $0.send(key) }) { answer in
        if answer.status == 422 { return }
        guard answer.status == 303, let number = Self.end(of: answer) else { throw Self.surprise("no receipt", answer) }
        keeper.hints { $0.people[number] = person.index }
        keeper.tell(.application) { books in
          books.tell(Thing(.form, key), as: "kept", by: nil, on: day)
            ?? books.tell(Thing(.application, number), as: "1", by: key, on: day, application: number)
        }
      })
  }

  func upload(to application: String) throws {
    let path = "/permohonan/\(Browser.encoded(application))/dokumen"
    let slots = try browser.visit(path).forms.map(\.action).filter {
      $0.hasPrefix(path + "/") && !$0.hasSuffix("/hapus")
    }
    guard !slots.isEmpty else { return }
    for _ in 0...random.below(2) {
      let slot = slots[random.below(slots.count)]
      let (size, day, keeper) = (town.documentSize(), day, keeper)
      let document = Thing(.document, "\(application)/\(slot.split(separator: "/").last ?? "")")
      let file = MultipartPart(
        "berkas", fileName: "ktp.png", mediaType: "image/png", SampleDocument.content(byteCount: size))
      try send(
        Sending(
          form: PageForm(to: slot), upload: file,
          before: { $0.may(document, become: String(size), on: day, application: application) }
        ) { answer in
          guard answer.status == 303 else { throw Self.surprise("a document was not taken", answer) }
          keeper.tell(.document) { books in
            books.tell(document, isNow: String(size), on: day)
            return nil
          }
        })
    }
  }

  // MARK: Coming

  func takeNumber(_ application: String) throws {
    let form = try form(to: "/antrean", on: browser.get("/antrean?nomor=\(Browser.encoded(application))"))
    let (key, day, keeper, browser) = (Self.key(of: form), day, keeper, browser)
    try send(
      Sending(form: form, before: { $0.send(key) }) { answer in
        guard answer.status == 303, let path = answer.location, path.hasPrefix("/tiket/") else {
          throw Self.surprise("no ticket", answer)
        }
        keeper.tell(.webNumber) { $0.tell(Thing(.form, key), as: "kept", by: nil, on: day) }
        guard let number = try browser.get(path).text.firstMatch(of: /[A-Z]-\d{3,}/)?.output else { return }
        keeper.tell(nil) {
          $0.tell(Thing(.ticket, "\(day) \(number)"), as: "waiting", by: key, on: day, application: application)
        }
      })
  }

  func book(_ application: String) throws {
    let ahead = day.adding(days: 3 + random.below(9)).description
    let path = "/janji/waktu?nomor=\(Browser.encoded(application))&jalur=web&hari=\(ahead)"
    let page = try browser.visit(path)
    let times = page.text.matches(of: /name="jam" value="([^"]+)"/).map { String($0.output.1) }
    guard !times.isEmpty else { return }
    let form = try form(to: "/janji/waktu", on: page).filled(["jam": times[random.below(times.count)]])
    let (key, day, keeper) = (Self.key(of: form), day, keeper)
    let held = try send(
      Sending(form: form, before: { $0.send(key) }) { answer in
        // Another was faster.
        if answer.status == 409 { return }
        guard answer.status == 303, let place = answer.location, !place.contains("?"), let code = Self.end(of: answer)
        else { throw Self.surprise("no time was kept", answer) }
        keeper.tell(nil) { books in
          books.tell(Thing(.form, key), as: "kept", by: nil, on: day)
            ?? books.tell(Thing(.appointment, code), as: "held", by: key, on: day, application: application)
        }
      })
    guard held.status == 303, let place = held.location, let code = Self.end(of: held) else { return }
    try confirm(place, Thing(.appointment, code))
  }

  private func confirm(_ place: String, _ appointment: Thing) throws {
    let form = try form(to: "\(place)/pesan", on: browser.visit(place))
    let (day, keeper) = (day, keeper)
    try send(
      Sending(form: form, before: { $0.may(appointment, become: "booked", on: day) }) { answer in
        guard answer.status == 303 else { throw Self.surprise("an appointment was not booked", answer) }
        keeper.tell(.appointment) { books in
          books.tell(appointment, isNow: "booked", on: day)
          return nil
        }
      })
  }

  // MARK: Saying how it went

  func complain() throws {
    let form = try form(to: "/pengaduan", on: browser.get("/pengaduan")).filled([
      "jenis": "complaint", "tentang": "conduct", "isi": "Contoh pengaduan uji", "kontak": "",
    ])
    let (key, day, keeper, browser) = (Self.key(of: form), day, keeper, browser)
    try send(
      Sending(form: form, before: { $0.send(key) }) { answer in
        guard answer.status == 303 else { throw Self.surprise("a complaint was not taken", answer) }
        keeper.tell(.complaint) { $0.tell(Thing(.form, key), as: "kept", by: nil, on: day) }
        guard let number = Self.keptNumber(on: try browser.follow(answer)) else { return }
        keeper.tell(nil) { $0.tell(Thing(.complaint, number), as: "received", by: key, on: day) }
      })
  }

  /// The number that a page tells its reader to keep.
  private static func keptNumber(on page: Answer) -> String? {
    let markup = Markup(page.body)
    guard let start = markup.tags.firstIndex(where: { $0.name == "p" && $0.has("keep-code") }) else { return nil }
    return markup.inside(start).first { $0.name == "code" }?.text.filter { !$0.isWhitespace }
  }

  func rate(_ code: String) throws {
    let page = try browser.visit("/survei?tiket=\(code)")
    guard let blank = page.form(to: "/survei") else { return }
    let scores = town.scores()
    var form = blank
    for (place, score) in scores.enumerated() {
      form = form.without("U\(place + 1)").adding("U\(place + 1)", String(score))
    }
    let rating = Thing(.rating, scores.map(String.init).joined())
    let (day, keeper) = (day, keeper)
    try send(
      Sending(form: form, before: { $0.may(rating, become: "kept", on: day) }) { answer in
        guard answer.status == 303 else { throw Self.surprise("a rating was not taken", answer) }
        keeper.tell(.rating) { $0.tell(rating, as: "kept", by: nil, on: day) }
      })
  }

  // MARK: Pages

  private func form(to action: String, on page: Answer) throws -> PageForm {
    guard let form = page.form(to: action) else {
      if page.status >= 500 { keeper.find(Finding(.unsound, "\(page.status) to a page: \(page.heading ?? "")")) }
      throw Self.surprise("no form to \(action.prefix(14))", page)
    }
    return form
  }

  private static func end(of answer: Answer) -> String? {
    guard answer.status == 303 else { return nil }
    return answer.location?.split(separator: "/").last?.removingPercentEncoding
  }

  private static func surprise(_ what: String, _ answer: Answer) -> Surprise {
    Surprise(what, answer.status, answer.heading)
  }
}
