import Client
import Core
import Day
import Foundation
import People

/// A person who has applied, and what their browser keeps of it.
struct Applicant: Sendable {
  static let cookie = "pemohon"

  let number: String
  /// Shows that the application is theirs.
  let pass: String
}

/// Everybody's applications, made through the web form before the release.
struct Applying: Sendable {
  static let service = "paspor-elektronik-10"
  /// So many write together: a commit takes all that have come meanwhile.
  private static let workerCount = 64
  private static let path = "/ajukan/\(service)"

  let port: UInt16

  /// - Returns: so many applicants, each a person of their own.
  func apply(_ count: Int) async throws -> [Applicant] {
    try await withThrowingTaskGroup(of: [Applicant].self) { group in
      for worker in 0..<Self.workerCount {
        let share = count / Self.workerCount + (worker < count % Self.workerCount ? 1 : 0)
        group.addTask { try await offPool { try work(worker, share) } }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
  }

  private func work(_ worker: Int, _ count: Int) throws -> [Applicant] {
    let maker = PeopleMaker(seed: 1, today: OfficeZone.wib.date(of: SystemClock().now))
    let connection = try Connection(port: port, timeout: .seconds(30))
    var phone = Phone(index: 1_000_000 + worker)
    let form = try phone.get(Self.path, over: connection)
    guard let token = form.value("_csrf") else { throw Trouble("no form: \(form.status)") }
    var applicants: [Applicant] = []
    var index = worker
    while applicants.count < count {
      let person = maker.person(index)
      index += Self.workerCount
      guard case .citizen(let nik, _) = person.identity else { continue }
      let answer = try phone.post(Self.path, fields(person, nik, token, index), over: connection)
      // A name that looks odd is warned of; another person applies instead.
      if answer.status == 422 { continue }
      guard answer.status == 303, let receipt = answer.location,
        let number = try Self.number(on: phone.get(receipt, over: connection)),
        // The latest application's pass stands first.
        let pass = phone.cookies[Applicant.cookie]?.split(separator: "~").first
      else { throw Trouble("no receipt: \(answer.status)") }
      applicants.append(Applicant(number: number, pass: String(pass)))
    }
    return applicants
  }

  /// The application's number as its receipt shows it: in the address it stands covered, for this browser alone.
  private static func number(on receipt: Phone.Page) -> String? {
    // By bytes: a regular expression over a page takes longer than the server that writes it, beside which it runs.
    let (bytes, count) = (receipt.bytes, 14)
    for start in 0..<max(0, bytes.count - count + 1) where isPrinted(bytes[start..<(start + count)]) {
      let printed = String(decoding: bytes[start..<(start + count)], as: UTF8.self)
      if let number = ApplicationNumber(printed) { return number.description }
    }
    return nil
  }

  /// Whether it is three groups of four digits.
  private static func isPrinted(_ piece: ArraySlice<UInt8>) -> Bool {
    piece.enumerated().allSatisfy { place, byte in
      place % 5 == 4 ? byte == UInt8(ascii: " ") : (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
  }

  private func fields(
    _ person: Person, _ nik: String, _ token: String, _ index: Int
  ) -> [(name: String, value: String)] {
    let date = person.dateOfBirth
    return [
      ("_csrf", token), ("_kirim", PublicCode(from: SystemRandom()).description), ("nama", person.fullName),
      ("nik", nik), ("tempat-lahir", person.birthPlace), ("tanggal-lahir--hari", String(date.day)),
      ("tanggal-lahir--bulan", String(date.month)), ("tanggal-lahir--tahun", String(date.year)),
      ("jenis-kelamin", person.sex), ("telepon", person.telephone), ("alamat", person.address), ("tujuan", "wisata"),
    ]
  }
}
