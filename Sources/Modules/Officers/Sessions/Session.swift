internal import Core

/// A signed-in officer's session as it stands in the database.
///
/// Left alone it is locked, and its officer opens it again; when its time is over it ends, however it is used and whether it
/// is locked or not.
struct Session: Sendable, Equatable {
  /// For the second step, and for setting it up at a first sign-in: an app must be found and installed.
  static let pendingAgeMax = Duration.minutes(30)
  /// The last use is written at most this often, so that reading a page writes nothing.
  static let useResolution = Duration.minutes(1)
  /// No session of any role is older.
  static let ageMaxOfAll = RoleEntry.ageMaxOfAll

  /// Names it on pages; its token does not stay the same.
  let id: Int64
  let account: Account
  let stage: SessionStage
  /// What stays with it under each of its tokens, until its officer's factors or password change: of it is made what its
  /// officer is offered (`Enrolment`), and it binds a passkey's challenge to the session (`PasskeyProof`).
  let seed: [UInt8]
  let device: DeviceName
  let signedInAt: Instant
  let lastUsedAt: Instant
  /// When its officer last proved who they are.
  let provenAt: Instant
  /// Whether its officer has locked it.
  let isShut: Bool

  /// How long it may be unused, and how old it may be, by its officer's roles when it was looked up.
  let demands: RoleDemands

  /// Whether it has not ended. The last use may be `useResolution` older than it was; one on a date that is still to come says
  /// nothing, or a session of a machine whose date was wrong would never be over.
  func isLive(at now: Instant) -> Bool {
    !account.isDisabled && now - signedInAt < ageMax && !lastUsedAt.isYetToCome(at: now)
  }

  private var ageMax: Duration {
    switch stage {
    case .password: Self.pendingAgeMax
    case .open: demands.ageMax
    }
  }

  /// Whether it was locked, or left alone for so long that it counts as locked. One whose second step is still to be done
  /// shows nothing that a lock would keep; it ends.
  func isLocked(at now: Instant) -> Bool {
    stage == .open && (isShut || now - lastUsedAt >= demands.idleMax)
  }

  /// Whether it admits its officer, as far as its stage does.
  func isOpen(at now: Instant) -> Bool { isLive(at: now) && !isLocked(at: now) }

  /// Whether its officer counts as there: it was used lately, or locked by an officer who comes back, and not just left alone.
  func isAttended(at now: Instant) -> Bool {
    stage == .open && isLive(at: now) && (isShut || !isLocked(at: now))
  }

  /// Whether its officer has proven lately who they are.
  func isProven(at now: Instant) -> Bool {
    stage == .open && now - provenAt <= FreshProof.ageMax && !provenAt.isYetToCome(at: now)
  }

  /// Whether this use should be written down.
  func isDueForUse(at now: Instant) -> Bool { now - lastUsedAt >= Self.useResolution }

  func used(at now: Instant) -> Session {
    Session(
      id: id, account: account, stage: stage, seed: seed, device: device, signedInAt: signedInAt,
      lastUsedAt: max(now, lastUsedAt), provenAt: provenAt, isShut: isShut, demands: demands)
  }
}
