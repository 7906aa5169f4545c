public import Core

/// A table for people who go on calculating with it: what stands in each cell is typed.
///
///     let sheet = Worksheet(name: "Ringkasan", columns: ["Layanan", "Datang"], rows: [[.text("Paspor"), .count(12)]])
///     let file = try sheet.workbook(in: .indonesian)      // .xlsx, for people
///     let text = sheet.csv                                // RFC 4180, for programs
public struct Worksheet: Sendable, Equatable {
  /// What stands in a cell.
  public enum Value: Sendable, Equatable {
    case text(String)
    case count(Int)
    /// Shown with one decimal.
    case minutes(Double)
    /// Of a hundred.
    case percent(Int)
    case money(Rupiah)
    case date(CivilDate)
    /// By the office's clock.
    case moment(CivilDate, CivilTime)
    case empty
  }

  public let name: String
  public let columns: [String]
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
