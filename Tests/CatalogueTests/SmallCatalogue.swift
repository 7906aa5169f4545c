import Contracts
import Core
import Foundation
import XCTest

@testable import Catalogue

/// A configuration directory of a test's own, with a small catalogue in it.
final class SmallCatalogue {
  let directory: ConfigurationDirectory

  init() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "gapura-\(UUID().uuidString)").path()
    directory = ConfigurationDirectory(path: path)
    try FileManager.default.createDirectory(atPath: "\(path)/services", withIntermediateDirectories: true)
    try write(Self.calendar, to: "calendar.json5")
    try write(Self.service, to: "services/a.json5")
  }

  deinit { try? FileManager.default.removeItem(atPath: directory.path) }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: directory.appending(name)))
  }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: directory.appending(name)) }

  /// The shipped configuration.
  static var shipped: ConfigurationDirectory {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return ConfigurationDirectory(path: root.appending(path: "etc/gapura").path())
  }

  /// The texts as they are shipped.
  static func locales() throws -> Locales {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try Locales.load(directory: root.appending(path: "share/locales").path())
  }

  /// Everything once, one entry a line, so that a test can spoil any of it.
  static let service = """
    {
      code: "paspor-uji",
      name: { id: "Paspor", en: "Passport" },
      summary: { id: "Untuk uji.", en: "For tests." },
      audience: "citizens",
      queueLetter: "A",
      acceptsWebApplications: true,
      validFrom: "2026-01-01",
      promisedWorkingDays: 4,
      legalBasis: ["UU 6/2011"],
      requirements: [{ id: "KTP.", en: "Identity card." }],
      fees: [
        { code: "PAS-E-10", name: { id: "Paspor", en: "Passport" }, amount: 950000 },
        { code: "EXTRA", name: { id: "Beban", en: "Charge" }, amount: 50000 },
      ],
      fields: [
        { name: "nama", kind: "full-name", label: { id: "Nama", en: "Name" } },
        { name: "nik", kind: "nik", label: { id: "NIK", en: "NIK" } },
        { name: "lahir", kind: "date-of-birth", label: { id: "Lahir", en: "Born" } },
        { name: "tujuan", kind: "choice", label: { id: "Tujuan", en: "Purpose" }, choices: [
          { value: "wisata", label: { id: "Wisata", en: "Holiday" } },
          { value: "kerja", label: { id: "Kerja", en: "Work" } },
        ] },
      ],
      stages: [
        { code: "terdaftar", name: { id: "a", en: "a" }, explanation: { id: "b", en: "b" }, mover: "applicant", ending: "visit" },
        { code: "periksa", name: { id: "a", en: "a" }, explanation: { id: "b", en: "b" }, mover: "office", ending: "officer" },
        { code: "selesai", name: { id: "a", en: "a" }, explanation: { id: "b", en: "b" }, mover: "office", ending: "none" },
      ],
    }
    """

  static let calendar = """
    {
      openingHours: {
        monday: [{ from: "08:00", to: "12:00" }, { from: "13:00", to: "16:00" }],
        friday: [{ from: "08:00", to: "11:30" }],
        saturday: [{ from: "09:00", to: "12:00" }],
      },
      years: [
        {
          year: 2026,
          legalBasis: "SKB",
          holidays: [
            { date: "2026-12-25", name: { id: "Natal", en: "Christmas" } },
          ],
          collectiveLeave: [
            { date: "2026-12-24", name: { id: "Cuti bersama", en: "Collective leave" } },
          ],
        },
      ],
      closures: [
        { date: "2026-12-28", name: { id: "Pindah kantor", en: "Moving" } },
      ],
      exceptions: [
        { date: "2026-12-20", name: { id: "Minggu layanan", en: "Service Sunday" }, open: [{ from: "09:00", to: "24:00" }] },
        { date: "2026-12-24", name: { id: "Layanan akhir tahun", en: "Year-end service" }, open: [{ from: "08:00", to: "10:00" }, { from: "10:30", to: "12:00" }] },
      ],
    }
    """
}

func day(_ iso: String, file: StaticString = #filePath, line: UInt = #line) throws -> CivilDate {
  try XCTUnwrap(CivilDate(iso: iso), iso, file: file, line: line)
}
