internal import CXlsxwriter
internal import Core

#if canImport(Glibc)
  internal import Glibc
#endif

extension Worksheet {
  /// Why there is no workbook: memory, or what the library says of it.
  public struct Failure: Error, Equatable, CustomStringConvertible {
    /// What could not be done, in one line for a log.
    public let description: String
  }

  /// The media type of a workbook.
  public static let workbookMediaType: StaticString =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

  /// Longer text has no place in a cell (Excel's limit, in UTF-16 units).
  static let textLengthMax = 32_767
  /// Where libxlsxwriter puts the parts of the file until they are packed: memory, so that nothing goes to the disk in
  /// clear. They have no name there (unlink(2)).
  private static let scratchDirectory = "/dev/shm"

  /// As a workbook with one sheet (ECMA-376, `.xlsx`): the header stays in sight and is repeated on paper, columns are as
  /// wide as what stands in them, and numbers, money, days and times are what they are, not text. Made in memory.
  ///
  /// - Parameter dates: how a day is shown, as a number format of ECMA-376 (part 1, section 18.8.31): `[$-421]d mmmm yyyy`. The
  ///   language's file has it, since its code says in which language the month is named.
  public func workbook(dates: String) throws(Failure) -> [UInt8] {
    let file = gapura_memory_file()
    guard file >= 0 else { throw Failure(description: "no memory for a workbook: error \(errno)") }
    defer { close(file) }
    let failure = unsafe Self.scratchDirectory.withCString { directory in
      var options = unsafe lxw_workbook_options(
        constant_memory: 0, tmpdir: UnsafeMutablePointer(mutating: directory), use_zip64: 0)
      guard let book = unsafe workbook_new_opt("/proc/self/fd/\(file)", &options) else {
        return LXW_ERROR_MEMORY_MALLOC_FAILED
      }
      let failed = unsafe write(into: SheetWriter(book: book, name: tabName, dateFormat: dates))
      // Frees the workbook, whatever it returns.
      let unfinished = unsafe workbook_close(book)
      return failed == LXW_NO_ERROR ? unfinished : failed
    }
    guard failure == LXW_NO_ERROR else {
      throw Failure(description: unsafe String(cString: lxw_strerror(failure)))
    }
    return try Self.content(of: file)
  }

  private func write(into writer: SheetWriter?) -> lxw_error {
    guard let writer else { return LXW_ERROR_MEMORY_MALLOC_FAILED }
    writer.layOut(widths: widths, rowCount: rows.count)
    for (place, title) in columns.enumerated() {
      let failure = writer.writeHeader(title, at: place)
      guard failure == LXW_NO_ERROR else { return failure }
    }
    for (line, row) in rows.enumerated() {
      for (place, value) in row.enumerated() {
        let failure = writer.write(value, row: line + 1, column: place)
        guard failure == LXW_NO_ERROR else { return failure }
      }
    }
    return LXW_NO_ERROR
  }

  /// Without the characters that a tab may not have, and no longer than one may be (31).
  private var tabName: String {
    let allowed = name.filter { !"[]:*?/\\'".contains($0) && !$0.isNewline }.prefix(31)
    return allowed.isEmpty ? "1" : String(allowed)
  }

  /// In characters of the header or of what stands below it, within reason.
  private var widths: [Double] {
    columns.indices.map { place in
      let below = rows.map { place < $0.count ? $0[place].shownLength : 0 }.max() ?? 0
      // The arrow that filters stands in the header.
      return Double(min(60, max(8, below, min(columns[place].count, 24)) + 3))
    }
  }

  private static func content(of file: Int32) throws(Failure) -> [UInt8] {
    var facts = stat()
    guard unsafe fstat(file, &facts) == 0 else {
      throw Failure(description: "the workbook cannot be read: error \(errno)")
    }
    var bytes = [UInt8](repeating: 0, count: Int(facts.st_size))
    var count = 0
    while count < bytes.count {
      let read = unsafe bytes.withUnsafeMutableBytes { bytes in
        unsafe pread(file, bytes.baseAddress?.advanced(by: count), bytes.count - count, off_t(count))
      }
      guard read > 0 else { throw Failure(description: "the workbook cannot be read: error \(errno)") }
      count += read
    }
    return bytes
  }
}

extension Worksheet.Value {
  fileprivate var shownLength: Int {
    switch self {
    case .text(let text): text.split(whereSeparator: \.isNewline).map(\.count).max() ?? 0
    case .count(let number): String(number).count
    case .minutes, .percent: 6
    case .money(let money): money.description.count
    case .date: 18
    case .moment: 24
    case .empty: 0
    }
  }
}

/// One sheet of a workbook that is being made, with the formats of its cells. libxlsxwriter owns all that it points to,
/// and frees it with the workbook.
@safe private struct SheetWriter {
  private let sheet: UnsafeMutablePointer<lxw_worksheet>
  private let header: UnsafeMutablePointer<lxw_format>
  private let formats: [String: UnsafeMutablePointer<lxw_format>]
  private let text: UnsafeMutablePointer<lxw_format>
  private let dateFormat: String

  private static let tenths = "0.0"
  private static let percent = "0%"
  private static let money = "\"Rp\"#,##0"

  /// - Returns: nil when there is no memory for it.
  init?(book: UnsafeMutablePointer<lxw_workbook>, name: String, dateFormat: String) {
    self.dateFormat = dateFormat
    guard let sheet = unsafe workbook_add_worksheet(book, name), let header = unsafe workbook_add_format(book),
      let text = unsafe workbook_add_format(book)
    else { return nil }
    unsafe self.sheet = sheet
    unsafe self.header = header
    unsafe self.text = text
    unsafe format_set_bold(header)
    unsafe format_set_text_wrap(header)
    unsafe format_set_bottom(header, UInt8(LXW_BORDER_THIN.rawValue))
    unsafe format_set_align(header, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    unsafe format_set_text_wrap(text)
    unsafe format_set_align(text, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    var formats: [String: UnsafeMutablePointer<lxw_format>] = unsafe [:]
    for number in [Self.tenths, Self.percent, Self.money, dateFormat, dateFormat + " hh:mm"] {
      guard let format = unsafe workbook_add_format(book) else { return nil }
      unsafe format_set_num_format(format, number)
      unsafe format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
      unsafe formats[number] = format
    }
    unsafe self.formats = formats
  }

  /// Widths in characters; the header stays in sight, filters, and stands on every page of paper.
  func layOut(widths: [Double], rowCount: Int) {
    guard !widths.isEmpty else { return }
    for (place, width) in widths.enumerated() {
      unsafe worksheet_set_column(sheet, UInt16(place), UInt16(place), width, nil)
    }
    unsafe worksheet_freeze_panes(sheet, 1, 0)
    unsafe worksheet_autofilter(sheet, 0, 0, UInt32(rowCount), UInt16(widths.count - 1))
    unsafe worksheet_repeat_rows(sheet, 0, 0)
    unsafe worksheet_set_landscape(sheet)
    unsafe worksheet_set_paper(sheet, 9)  // A4
    unsafe worksheet_fit_to_pages(sheet, 1, 0)
  }

  func writeHeader(_ title: String, at column: Int) -> lxw_error {
    unsafe worksheet_write_string(sheet, 0, UInt16(column), Self.written(title), header)
  }

  func write(_ value: Worksheet.Value, row: Int, column: Int) -> lxw_error {
    let (row, column) = (UInt32(row), UInt16(column))
    switch value {
    // Written as text whatever it begins with: a formula is a type of its own, which is never written here.
    case .text(let words): return unsafe worksheet_write_string(sheet, row, column, Self.written(words), text)
    case .count(let number): return unsafe worksheet_write_number(sheet, row, column, Double(number), text)
    case .minutes(let minutes): return number((minutes * 10).rounded() / 10, row, column, Self.tenths)
    case .percent(let percent): return number(Double(percent) / 100, row, column, Self.percent)
    case .money(let money): return number(Double(money.amount), row, column, Self.money)
    case .date(let date): return moment(date, 0, row, column, dateFormat)
    case .moment(let date, let time): return moment(date, time.minuteOfDay, row, column, dateFormat + " hh:mm")
    case .empty: return LXW_NO_ERROR
    }
  }

  private func number(_ number: Double, _ row: UInt32, _ column: UInt16, _ format: String) -> lxw_error {
    unsafe worksheet_write_number(sheet, row, column, number, formats[format] ?? text)
  }

  private func moment(
    _ date: CivilDate, _ minuteOfDay: Int, _ row: UInt32, _ column: UInt16, _ format: String
  ) -> lxw_error {
    var moment = lxw_datetime(
      year: Int32(date.year), month: Int32(date.month), day: Int32(date.day), hour: Int32(minuteOfDay / 60 % 24),
      min: Int32(minuteOfDay % 60), sec: 0)
    return unsafe worksheet_write_datetime(sheet, row, column, &moment, formats[format] ?? text)
  }

  /// Without control characters, of which XML can hold none and the first ends a text in C, and no longer than a cell
  /// holds.
  private static func written(_ text: String) -> String {
    let plain = String(
      String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 || "\n\t".unicodeScalars.contains($0) }))
    guard plain.utf16.count > Worksheet.textLengthMax else { return plain }
    var (kept, length) = ("", 0)
    for character in plain {
      length += character.utf16.count
      guard length < Worksheet.textLengthMax else { break }
      kept.append(character)
    }
    return kept + "…"
  }
}
