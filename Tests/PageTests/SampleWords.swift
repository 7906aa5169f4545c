import Core
import Foundation

/// The shipped words and, for the menus of the samples, the words that modules will bring.
enum SampleWords {
  static func locales(shipped: URL) throws -> Locales {
    let directory = FileManager.default.temporaryDirectory.appending(path: "gapura-sample-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    for (tag, more) in [("id", indonesian), ("en", english)] {
      let text = try String(contentsOf: shipped.appending(path: "\(tag).json5"), encoding: .utf8)
      let extended = text.replacing("\n  layout: {", with: "\n  sample: {\(more)},\n\n  layout: {", maxReplacements: 1)
      try Data(extended.utf8).write(to: directory.appending(path: "\(tag).json5"))
    }
    return try Locales.load(directory: directory.path)
  }

  private static let indonesian = """
    apply: "Layanan", "apply.hint": "Paspor, izin tinggal, syarat, dan biaya",
    queue: "Ambil nomor", "queue.hint": "Antre dari rumah, datang saat giliran",
    track: "Lacak", "track.hint": "Sampai di mana permohonan Anda",
    access: "Bantuan akses", "access.hint": "Kursi roda, juru bahasa isyarat, jalur prioritas",
    survey: "Survei", "survey.hint": "Nilai pelayanan kami, satu menit saja",
    complain: "Pengaduan", "complain.hint": "Sampaikan keluhan, kami jawab tepat waktu",
    counter: "Loket", work: "Permohonan", hall: "Ruang tunggu", report: "Statistik"
    """

  private static let english = """
    apply: "Services", "apply.hint": "Passports, stay permits, requirements and fees",
    queue: "Take a number", "queue.hint": "Queue from home, come when it is your turn",
    track: "Track", "track.hint": "How far your application has come",
    access: "Assistance", "access.hint": "Wheelchair, sign language, priority line",
    survey: "Survey", "survey.hint": "Rate our service in one minute",
    complain: "Complaints", "complain.hint": "Tell us, we answer on time",
    counter: "Counter", work: "Applications", hall: "Waiting hall", report: "Statistics"
    """
}
