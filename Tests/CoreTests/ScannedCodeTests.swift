import Core
import XCTest

final class ScannedCodeTests: XCTestCase {
  private let code = PublicCode(from: SeededRandom(seed: 4))
  private let application = ApplicationNumber(from: SeededRandom(seed: 5))

  func testEveryCodeOfTheOfficeIsKnownForWhatItIs() {
    let origin = "https://antre.example.go.id"
    for (scanned, meaning) in [
      ("\(origin)/tiket/\(code)", ScannedCode.ticket(code)), ("\(origin)/janji/\(code)", .appointment(code)),
      ("\(origin)/lacak?nomor=\(application)", .number(application.value, .application)),
      ("\(origin)/verifikasi?r=GAPURA1-ABC", .proof), (application.printed, .number(application.value, .application)),
      (code.description, .secret(code)), ("9971011708900001", .nik),
      ("\(origin)/janji/\(code)".uppercased(), .appointment(code)),
      // A scanner may end with a line, and a phone may add where a link was found.
      ("\(origin)/tiket/\(code)\r\n", .ticket(code)), ("  \(origin)/tiket/\(code)?bahasa=en#tiket", .ticket(code)),
    ] {
      XCTAssertEqual(ScannedCode(scanned), meaning, scanned)
    }
  }

  func testWhatIsNotOfTheOfficeMeansNothing() {
    for scanned in [
      "", "0", "*", "https://example.org/", "https://example.org/tiket/", "https://example.org/berita/\(code)",
      "WIFI:S:contoh;T:WPA;P:rahasia;;", "1234567890123", "123456789093", String(repeating: "1", count: 5_000),
      "/verifikasi",
    ] {
      XCTAssertEqual(ScannedCode(scanned), .unknown, scanned)
    }
  }
}
