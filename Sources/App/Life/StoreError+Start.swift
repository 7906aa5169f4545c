import Core
import Store

extension StoreError {
  /// Whether the program and the data are of two versions: no further start changes anything about it.
  var isOfAnotherVersion: Bool {
    switch self {
    case .newer, .older, .superseded, .migration: true
    default: false
    }
  }

  /// Whether data is not as it was left.
  var isOfDamage: Bool {
    switch self {
    case .corrupt, .unprotected, .rolledBack: true
    default: false
    }
  }

  /// What a sysadmin is told when data is not as it was left; nil for what is no damage.
  ///
  /// The error does not know which file it was: data and key ring are read in one transaction. So the two are looked at.
  /// - Parameter findings: what looking at them has found; nil to look now.
  func damage(at places: Places, _ findings: [DamageWatch.Finding]? = nil) -> Problem? {
    switch self {
    case .corrupt:
      switch findings ?? DamageWatch.damage(in: [places.database, places.keyRing]) {
      case let found where found.first?.file == places.keyRing:
        Problem(
          .invalid, "store.ring-damaged",
          ["path": DamageWatch.named(found, upTo: DamageWatch.listedCountMax), "state": places.state])
      case let found:
        Problem(
          .invalid, "store.damaged",
          ["path": found.isEmpty ? places.database : DamageWatch.named(found, upTo: DamageWatch.listedCountMax)])
      }
    case .unprotected(let path): Problem(.invalid, "store.unprotected", ["path": path])
    case .rolledBack(places.keyRing, let lost):
      Problem(
        .invalid, "store.keys-rolled-back",
        [
          "path": places.keyRing, "state": places.state, "first": String(lost.first),
          "last": String(lost.last), "count": String(lost.count),
        ])
    case .rolledBack(let path, let lost):
      Problem(
        .invalid, "store.rolled-back",
        ["path": path, "first": String(lost.first), "last": String(lost.last), "count": String(lost.count)])
    default: nil
    }
  }
}
