internal import Store

/// Kept as text.
extension Username: SQLValue {
  var sqlCell: SQLCell { .text(description) }
  static var sqlType: StaticString { String.sqlType }

  init?(sqlCell: SQLCell) {
    guard let text = String(sqlCell: sqlCell) else { return nil }
    self.init(text)
  }
}
