import Core
import Store

extension StoreError {
  /// Whether the program and the data are of two versions: no further start changes anything about it.
  var isOfAnotherVersion: Bool {
    switch self {
    case .newer, .older, .migration: true
    default: false
    }
  }

  /// What a sysadmin is told when data is not as it was left; nil for what is no damage.
  var damage: Problem? {
    switch self {
    case .corrupt: Problem(.invalid, "store.damaged")
    case .unprotected(let path): Problem(.invalid, "store.unprotected", ["path": path])
    case .rolledBack(let path, let lost):
      Problem(
        .invalid, "store.rolled-back",
        ["path": path, "first": String(lost.first), "last": String(lost.last), "count": String(lost.count)])
    default: nil
    }
  }
}
