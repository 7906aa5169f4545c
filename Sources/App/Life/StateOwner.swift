import Glibc
import Vault

/// The account that owns the state directory.
///
/// A command that root runs beside the service must not leave files there that the service cannot open: it
/// works as the owner instead.
enum StateOwner {
  /// Why the owner's rights could not be taken.
  struct Refused: Error, CustomStringConvertible {
    let description = "cannot work as the owner of the state directory: run the command as root or as that account"
  }

  /// Lays down root's rights for the owner's; does nothing for others, and where root itself is the owner.
  ///
  /// - Returns: how to have root's rights back for the moment in which a command reads or writes the root key; nil
  ///   for a command that root did not give.
  @discardableResult
  static func become(ownerOf directory: String) throws -> AdministratorRights? {
    guard geteuid() == 0 else { return nil }
    var status = stat()
    guard unsafe stat(directory, &status) == 0, status.st_uid != 0 else {
      return AdministratorRights(take: {}, giveBack: {})
    }
    let (owner, group) = (status.st_uid, status.st_gid)
    // The groups first: afterwards there is no right to change them.
    guard setgroups(0, nil) == 0, setegid(group) == 0, seteuid(owner) == 0 else { throw Refused() }
    return AdministratorRights(
      take: { guard seteuid(0) == 0, setegid(0) == 0 else { throw Refused() } },
      giveBack: {
        let isOwner = setegid(group) == 0 && seteuid(owner) == 0
        precondition(isOwner, "root's rights must be laid down again")
      })
  }
}
