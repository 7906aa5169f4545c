import Glibc

/// The account that owns the state directory.
///
/// A command that root runs beside the service must not leave files there that the service cannot open: it
/// works as the owner instead.
enum StateOwner {
  /// Why the owner's rights could not be taken.
  struct Refused: Error, CustomStringConvertible {
    let description = "cannot work as the owner of the state directory: run the command as root or as that account"
  }

  /// Gives up root's rights for the owner's; does nothing for others, and where root itself is the owner.
  static func become(ownerOf directory: String) throws {
    var status = stat()
    guard geteuid() == 0, unsafe stat(directory, &status) == 0, status.st_uid != 0 else { return }
    // The groups first: afterwards there is no right to change them.
    guard setgroups(0, nil) == 0, setgid(status.st_gid) == 0, setuid(status.st_uid) == 0 else { throw Refused() }
  }
}
