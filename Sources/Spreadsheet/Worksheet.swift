public import Core

/// A table for people who go on calculating with it: what stands in each cell is typed.
///
///     let sheet = Worksheet(name: "Ringkasan", columns: ["Layanan", "Datang"], rows: [[.text("Paspor"), .count(12)]])
///     let file = try sheet.workbook(dates: "d mmmm yyyy")  // .xlsx, for people
///     let text = sheet.csv                                 // RFC 4180, for programs
public struct Worksheet: Sendable, Equatable {
  /// What stands in a cell.
  public enum Value: Sendable, Equatable {
    /// Words, in one line or several; never read as a formula.
    case text(String)
    /// A whole number, such as of people.
    case count(Int)
    /// Shown with one decimal.
    case minutes(Double)
    /// Of a hundred.
    case percent(Int)
    /// An amount in rupiah, shown with thousands apart.
    case money(Rupiah)
    /// A day of the calendar.
    case date(CivilDate)
    /// By the office's clock.
    case moment(CivilDate, CivilTime)
    /// A cell in which nothing stands.
    case empty
  }

  /// What stands on the sheet's tab, as it was given.
  public let name: String
  /// The header's cells, from the left.
  public let columns: [String]
  /// The lines below the header, each with its cells from the left; a line may be shorter than the header.
  public let rows: [[Value]]

  /// - Parameters:
  ///   - name: what stands on the sheet's tab; what a tab may not hold is left out.
  ///   - columns: the header's cells.
  public init(name: String, columns: [String], rows: [[Value]]) {
    self.name = name
    self.columns = columns
    self.rows = rows
  }
}

extension Worksheet.Value {
  /// A number of minutes that may not be known.
  public static func minutes(_ minutes: Double?) -> Self { minutes.map { .minutes($0) } ?? .empty }
}
