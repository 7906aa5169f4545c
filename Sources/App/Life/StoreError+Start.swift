import Core
import Store

extension StoreError {
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
