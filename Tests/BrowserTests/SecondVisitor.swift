import Client
import Core
import XCTest

/// Somebody else who applies and takes a number, over plain HTTP.
enum SecondVisitor {
  /// - Returns: the number for the hall.
  static func takeNumber(_ office: OfficeProcess, language: Language, nik: String = "1808995203950002") throws -> String
  {
    let browser = Browser(port: office.port, language: language.rawValue)
    let page = try browser.get("/ajukan/\(OfficeWalk.serviceCode)")
    let form = try XCTUnwrap(page.form(to: "/ajukan/\(OfficeWalk.serviceCode)"))
    let receipt = try browser.submit(
      form.filled([
        "nama": "Contoh Kedua", "nik": nik, "tempat-lahir": "Kota Contoh", "tanggal-lahir-hari": "12",
        "tanggal-lahir-bulan": "3", "tanggal-lahir-tahun": "1995", "jenis-kelamin": "P", "telepon": "0812 0000 0002",
        "alamat": "Jalan Contoh Nomor 8", "tujuan": "wisata",
      ]))
    let number = try XCTUnwrap(receipt.location?.split(separator: "/").last, receipt.text)
    let taking = try XCTUnwrap(browser.get("/antrean?nomor=\(number)").form(to: "/antrean"))
    let ticket = try browser.follow(browser.submit(taking))
    return try XCTUnwrap(
      ticket.text.firstMatch(of: /<strong[^>]*>([A-Z]-\d{3})</).map { String($0.output.1) }, ticket.text)
  }
}
