import Client
import Foundation

/// A person who applies and takes a number as a browser without scripts would.
struct HallVisitor {
  /// What the server has told of a ticket.
  struct Ticket: Sendable {
    let code: String
    /// `A-012`.
    let number: String
    let application: String
  }

  struct Unexpected: Error, CustomStringConvertible {
    let description: String
  }

  let browser: Browser

  init(port: UInt16, language: String = Browser.usualLanguage) { browser = Browser(port: port, language: language) }

  /// Applies for the first passport of a synthetic person and takes a number with it.
  ///
  /// - Parameter person: 0 to 9998; becomes the NIK's serial.
  func applyAndTakeNumber(person: Int, needs: KeyValuePairs<String, String> = [:]) throws -> Ticket {
    try takeNumber(application: apply(person: person), needs: needs)
  }

  /// What a synthetic person answers who applies for a first passport.
  static func answers(person: Int, name: String? = nil) -> KeyValuePairs<String, String> {
    let serial = String(10_000 + person % 9_998 + 1).dropFirst()
    return [
      "nama": name ?? "Contoh Uji", "nik": "180899170890\(serial)", "tempat-lahir": "Contoh",
      "tanggal-lahir--hari": "17", "tanggal-lahir--bulan": "08", "tanggal-lahir--tahun": "1990", "jenis-kelamin": "L",
      "telepon": "0800000\(serial)", "alamat": "Jalan Contoh 1", "tujuan": "wisata",
    ]
  }

  /// - Returns: the application number.
  func apply(person: Int, name: String? = nil) throws -> String {
    let page = try browser.get("/ajukan/paspor-elektronik-10")
    guard let form = page.form(to: "/ajukan/paspor-elektronik-10") else { throw unexpected(page, "no form to apply") }
    let answer = try browser.submit(form.filled(Self.answers(person: person, name: name)))
    guard answer.status == 303, let number = answer.location?.split(separator: "/").last else {
      throw unexpected(answer, "no receipt")
    }
    return String(number)
  }

  /// - Returns: the ticket drawn with that application number.
  func takeNumber(application: String, needs: KeyValuePairs<String, String> = [:]) throws -> Ticket {
    let page = try browser.get("/antrean?nomor=\(Browser.encoded(application))")
    guard let form = page.form(to: "/antrean") else { throw unexpected(page, "no form to take a number") }
    let answer = try browser.submit(form.filled(needs))
    guard answer.status == 303, let path = answer.location, let code = path.split(separator: "/").last else {
      throw unexpected(answer, "no ticket")
    }
    let ticket = try browser.get(path)
    guard let number = ticket.text.firstMatch(of: /[A-Z]-\d{3,}/) else {
      throw unexpected(ticket, "no number on the ticket")
    }
    return Ticket(code: String(code), number: String(number.output), application: application)
  }

  /// Applies, takes the first time of today that is offered, and confirms it.
  ///
  /// - Returns: the application's number and the appointment's code.
  func bookForToday(person: Int) throws -> (application: String, code: String) {
    let application = try apply(person: person)
    let start = try browser.visit("/janji")
    guard let form = start.form(to: "/janji") else { throw unexpected(start, "no form to book") }
    let times = try browser.follow(browser.submit(form.filled(["nomor": application, "jalur": "walk-in"])))
    guard let time = times.text.firstMatch(of: /name="jam" value="([^"]+)"/), let form = times.form(to: "/janji/waktu")
    else { throw unexpected(times, "no time of today") }
    let held = try browser.submit(form.filled(["jam": String(time.output.1)]))
    guard let path = held.location, let code = path.split(separator: "/").last,
      let form = try browser.visit(path).form(to: "\(path)/pesan")
    else { throw unexpected(held, "no time is held") }
    let booked = try browser.follow(browser.submit(form))
    guard booked.status == 200 else { throw unexpected(booked, "not booked") }
    return (application, String(code))
  }

  private func unexpected(_ answer: Answer, _ what: String) -> Unexpected {
    Unexpected(
      description: "\(what): \(answer.status) \(answer.heading ?? "") \(answer.location ?? "") \(answer.errors)")
  }
}

extension Browser {
  /// Opens an application with the date of birth that `HallVisitor` gives when applying.
  func open(application: String) throws -> Answer {
    let path = "/permohonan/\(application)"
    guard let form = try get(path).form(to: path) else {
      throw HallVisitor.Unexpected(description: "no question for the date of birth")
    }
    return try submit(form.filled(["lahir--hari": "17", "lahir--bulan": "8", "lahir--tahun": "1990"]))
  }
}

extension Answer {
  /// What the page says is wrong, beside its fields.
  fileprivate var errors: [String] {
    text.matches(of: /class="field-error"[^>]*>(.*?)<\/p>/).map { String($0.output.1) }
  }
}
