import Contracts
import Core
import Store

/// How much one sender may send in one day, and how much has come.
///
/// The sums are in the database, where a restart does not forget them, for that day only. Of the network there stands a
/// keyed hash, another one each day.
struct UploadQuota: Sendable {
  /// A part of a day's uploads that has a bound.
  enum Share: CaseIterable {
    case application
    case network
    case everybody

    /// The problem's code when it is used up.
    var code: String { staticCode.description }

    fileprivate var staticCode: StaticString {
      switch self {
      case .application: "document.quota-application"
      case .network: "document.quota-network"
      case .everybody: "document.quota-everybody"
      }
    }
  }

  private struct Bound: Sendable {
    let share: Share
    /// The application or network, as the table has it.
    let name: String
    let byteCountMax: Int

    var problem: Problem {
      Problem(
        share == .everybody ? .unavailable : .tooMany, share.staticCode,
        ["megabytes": DocumentSize.megabytes(byteCountMax)])
    }
  }

  /// Even an empty file takes a place on the disk, and work: what a file counts for at least.
  static let byteCountMin = 65_536

  private let day: CivilDate
  private let bounds: [Bound]

  init(
    of number: ApplicationNumber, from client: LookUpClient, on day: CivilDate, hash: (any KeyedHash)?,
    quotas: DocumentQuotas
  ) {
    self.day = day
    var bounds = [Bound(share: .application, name: "application \(number)", byteCountMax: quotas.perApplication)]
    if case .network(let bytes) = client, let hash {
      let mark = hash.authenticate(Array("\(day) ".utf8) + bytes, for: "registration.upload-network").prefix(8)
      let name = Crockford.encode(mark.reduce(0) { $0 << 8 | UInt64($1) }, length: 13)
      bounds.append(Bound(share: .network, name: "network \(name)", byteCountMax: quotas.perNetwork))
    }
    self.bounds = bounds + [Bound(share: .everybody, name: "everybody", byteCountMax: quotas.forEverybody)]
  }

  /// - Throws: `Problem` `document.quota-…` when nothing more may come today.
  func requireSome(in database: borrowing some Queryable & ~Copyable) throws {
    for bound in bounds {
      let sum: Int? = try database.value(
        "SELECT byte_count FROM registration_upload WHERE day = \(day) AND sender = \(bound.name)")
      guard sum ?? 0 < bound.byteCountMax else { throw bound.problem }
    }
  }

  /// Counts a document that has come.
  ///
  /// - Throws: `Problem` `document.quota-…` when it is more than may come today; then the transaction must not be kept.
  func take(_ byteCount: Int, in transaction: borrowing Transaction) throws {
    try transaction.run("DELETE FROM registration_upload WHERE day <> \(day)")
    for bound in bounds {
      let sum = try transaction.row(
        """
        INSERT INTO registration_upload (day, sender, byte_count)
        VALUES (\(day), \(bound.name), \(max(byteCount, Self.byteCountMin)))
        ON CONFLICT (day, sender) DO UPDATE
          SET byte_count = registration_upload.byte_count + excluded.byte_count
        RETURNING byte_count
        """
      ) { row in try row.get(0) as Int }
      guard sum ?? 0 <= bound.byteCountMax else { throw bound.problem }
    }
  }
}
