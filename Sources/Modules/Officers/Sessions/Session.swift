internal import Core

/// A signed-in officer's session as it stands in the database.
///
/// Left alone it is locked, and its officer opens it again; when its time is over it ends, however it is used and whether it
/// is locked or not.
struct Session: Sendable, Equatable {
  /// The last use is written at most this often, so that reading a page writes nothing.
  static let useResolution = Duration.minutes(1)
  /// No session of any role is older.
  static let ageMaxOfAll = Role.allCases.map { RoleDemands.shipped(for: $0).ageMax }.max() ?? .zero

  /// Names it on pages; its token does not stay the same.
  let id: Int64
  let account: Account
  let device: DeviceName
  let signedInAt: Instant
  let lastUsedAt: Instant
  /// When its officer last proved who they are.
  let provenAt: Instant
  /// Whether its officer has locked it.
  let isShut: Bool

  /// How long it may be unused, and how old it may be.
  var demands: RoleDemands { .shipped(for: account.role) }

  /// Whether it has not ended. The last use may be `useResolution` older than it was; one on a date that is still to come says
  /// nothing, or a session of a machine whose date was wrong would never be over.
  func isLive(at now: Instant) -> Bool {
    !account.isDisabled && now - signedInAt < demands.ageMax && !lastUsedAt.isYetToCome(at: now)
  }

  /// Whether it was locked, or left alone for so long that it counts as locked.
  func isLocked(at now: Instant) -> Bool { isShut || now - lastUsedAt >= demands.idleMax }

  /// Whether it admits its officer.
  func isOpen(at now: Instant) -> Bool { isLive(at: now) && !isLocked(at: now) }

  /// Whether its officer counts as there: it was used lately, or locked by an officer who comes back, and not just left alone.
  func isAttended(at now: Instant) -> Bool { isLive(at: now) && (isShut || !isLocked(at: now)) }

  /// Whether its officer has proven lately who they are.
  func isProven(at now: Instant) -> Bool {
    now - provenAt <= FreshProof.ageMax && !provenAt.isYetToCome(at: now)
  }

  /// Whether this use should be written down.
  func isDueForUse(at now: Instant) -> Bool { now - lastUsedAt >= Self.useResolution }

  func used(at now: Instant) -> Session {
    Session(
      id: id, account: account, device: device, signedInAt: signedInAt, lastUsedAt: max(now, lastUsedAt),
      provenAt: provenAt, isShut: isShut)
  }
}
