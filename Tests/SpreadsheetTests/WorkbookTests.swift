import Client
import Core
import Foundation
import Spreadsheet
import XCTest

/// Tables for people, read back by two programs that have nothing to do with the one that wrote them.
final class WorkbookTests: XCTestCase {
  private var directory = URL(fileURLWithPath: "/")

  override func setUpWithError() throws {
    directory = FileManager.default.temporaryDirectory.appendingPathComponent("gapura-sheet-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  override func tearDown() { try? FileManager.default.removeItem(at: directory) }

  private static let reason = "=HYPERLINK(\"http://x\");\n<b>&\u{1}\u{0}"

  private func table() throws -> Worksheet {
    let day = try XCTUnwrap(CivilDate(iso: "2026-11-29"))
    let time = try XCTUnwrap(CivilTime("08:05"))
    return Worksheet(
      name: "Ringkasan [a/b]: tiga puluh satu huruf lebih",
      columns: ["Layanan", "Datang", "Tunggu", "Janji", "Biaya", "Hari", "Kapan"],
      rows: [
        [
          .text("Paspor – é"), .count(12), .minutes(7.26), .percent(87), .money(Rupiah(650_000)), .date(day),
          .moment(day, time),
        ],
        [.text(Self.reason), .empty, .empty, .empty, .empty, .empty, .empty],
        [.text("0812"), .count(-1), .minutes(0), .percent(100), .money(Rupiah(0)), .date(day.adding(days: 1)), .empty],
      ])
  }

  private func file(_ sheet: Worksheet, _ language: Language = .indonesian) throws -> URL {
    try file(sheet, dates: Self.dates(language))
  }

  private func file(_ sheet: Worksheet, dates: String) throws -> URL {
    let file = directory.appendingPathComponent("tabel.xlsx")
    try Data(sheet.workbook(dates: dates)).write(to: file)
    return file
  }

  /// How the language's shipped file shows days.
  private static func dates(_ language: Language) throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try Locales.load(directory: root.appending(path: "share/locales").path()).words(language)(
      "report.workbook-date")
  }

  /// What openpyxl finds: a line for each cell with its type, its number format and its value, and how it is laid out.
  private func read(_ file: URL) throws -> [String] {
    let script = """
      import sys, openpyxl
      book = openpyxl.load_workbook(sys.argv[1])
      sheet = book.active
      print(book.sheetnames, sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows, sep='|')
      for row in sheet.iter_rows():
        for cell in row:
          if cell.value is not None:
            print(cell.coordinate, cell.data_type, cell.number_format, ascii(cell.value), sep='|')
      print([round(sheet.column_dimensions[c].width) for c in 'AB'], sheet['A1'].font.bold, sep='|')
      """
    return try ChildProcess.run("/usr/bin/python3", ["-c", script, file.path]).text
      .split(separator: "\n").map(String.init)
  }

  func testEveryCellHasItsTypeForOpenpyxl() throws {
    let lines = try read(file(table()))
    XCTAssertEqual(
      lines.dropFirst().dropLast(),
      [
        "A1|s|General|'Layanan'", "B1|s|General|'Datang'", "C1|s|General|'Tunggu'", "D1|s|General|'Janji'",
        "E1|s|General|'Biaya'", "F1|s|General|'Hari'", "G1|s|General|'Kapan'",
        "A2|s|General|'Paspor \\u2013 \\xe9'", "B2|n|General|12", "C2|n|0.0|7.3", "D2|n|0%|0.87",
        "E2|n|\"Rp\"#,##0|650000", "F2|d|[$-421]d mmmm yyyy|datetime.datetime(2026, 11, 29, 0, 0)",
        "G2|d|[$-421]d mmmm yyyy hh:mm|datetime.datetime(2026, 11, 29, 8, 5)",
        "A3|s|General|'=HYPERLINK(\"http://x\");\\n<b>&'", "A4|s|General|'0812'", "B4|n|General|-1", "C4|n|0.0|0",
        "D4|n|0%|1", "E4|n|\"Rp\"#,##0|0", "F4|d|[$-421]d mmmm yyyy|datetime.datetime(2026, 11, 30, 0, 0)",
      ])
    XCTAssertEqual(lines.first, "['Ringkasan ab tiga puluh satu hu']|A2|A1:G4|$1:$1")
    XCTAssertEqual(lines.last, "[27, 12]|True")
  }

  func testMonthsAreNamedInTheReadersLanguage() throws {
    XCTAssertTrue(try read(file(table(), .english)).contains { $0.hasPrefix("F2|d|[$-809]d mmmm yyyy|") })
    let further = try read(file(table(), dates: "[$-40C]d mmmm yyyy"))
    XCTAssertTrue(further.contains { $0.hasPrefix("F2|d|[$-40C]d mmmm yyyy|") }, "a further language is a further file")
  }

  func testLibreOfficeOpensItAndShowsWhatIsMeant() throws {
    let file = try file(table())
    try ChildProcess.run(
      "/usr/bin/soffice",
      [
        "-env:UserInstallation=file://\(directory.path)/profile", "--headless", "--convert-to",
        "csv:Text - txt - csv (StarCalc):59,34,76,1,,1033,false,true,true", "--outdir", directory.path, file.path,
      ], environment: ["HOME": directory.path])
    let text = try String(contentsOf: directory.appendingPathComponent("tabel.csv"), encoding: .utf8)
    XCTAssertTrue(text.hasPrefix("Layanan;Datang;Tunggu;Janji;Biaya;Hari;Kapan\n"), text)
    XCTAssertTrue(text.contains("Paspor – é;12;7.3;87%;Rp650,000;29 November 2026;29 November 2026 08:05\n"), text)
    XCTAssertTrue(text.contains("=HYPERLINK(\"\"http://x\"\");\n<b>&"), text)
    XCTAssertTrue(text.contains("\n0812;-1;0.0;100%;Rp0;30 November 2026;\n"), text)
  }

  func testTextThatIsTooLongForACellIsCutAndNothingBreaks() throws {
    let long = String(repeating: "é😀", count: 20_000)
    let lines = try read(file(Worksheet(name: "", columns: ["x"], rows: [[.text(long)], [.text("y")]])))
    let cell = try XCTUnwrap(lines.first { $0.hasPrefix("A2|") })
    XCTAssertTrue(cell.hasSuffix("\\u2026'"), String(cell.suffix(20)))
    XCTAssertTrue(lines.contains("A3|s|General|'y'"))
  }

  func testEmptyTableIsAWorkbookToo() throws {
    XCTAssertEqual(try read(file(Worksheet(name: "Kosong", columns: ["A", "B"], rows: []))).count, 4)
  }

  func testNothingOfItIsLeftBehind() throws {
    func scratch() throws -> Set<String> {
      Set(try FileManager.default.contentsOfDirectory(atPath: "/dev/shm").filter { $0.hasPrefix("tmp.") })
    }
    let before = try scratch()
    let openBefore = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    let dates = try Self.dates(.indonesian)
    for _ in 0..<20 { _ = try table().workbook(dates: dates) }
    XCTAssertEqual(try scratch().subtracting(before), [])
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count, openBefore)
  }
}
