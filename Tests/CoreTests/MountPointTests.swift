import XCTest

@testable import Core

/// What `mount -o remount` takes is where the file system is mounted, and not a directory in it.
final class MountPointTests: XCTestCase {
  private static let machine = """
    22 1 254:1 / / ro,relatime shared:1 - ext4 /dev/vda1 ro,errors=remount-ro
    30 22 0:5 / /dev rw,nosuid - devtmpfs udev rw
    40 22 254:2 / /srv/data\\040one rw,relatime - xfs /dev/vdb rw
    """

  func testTheMountPointAboveADirectoryIsNamed() {
    XCTAssertEqual(MountPoint.holding("/var/lib/gapura", in: Self.machine), "/")
    XCTAssertEqual(MountPoint.holding("/srv/data one/gapura", in: Self.machine), "/srv/data one")
    XCTAssertEqual(MountPoint.holding("/srv/data one", in: Self.machine), "/srv/data one")
    XCTAssertEqual(MountPoint.holding("/srv/data", in: Self.machine), "/", "a name that only begins so is another one")
    XCTAssertNil(MountPoint.holding("/var", in: ""))
  }

  /// As a unit sees it: its state is bound onto itself, read from there.
  func testADirectoryThatIsBoundOntoItselfIsOfTheFileSystemThatHoldsIt() {
    let unit = """
      22 1 254:1 / / rw,relatime - ext4 /dev/vda1 ro
      50 22 254:1 /var/lib/gapura /var/lib/gapura rw,relatime - ext4 /dev/vda1 ro
      """
    XCTAssertEqual(MountPoint.holding("/var/lib/gapura", in: unit), "/")
    let bound = """
      22 1 254:1 / / rw,relatime - ext4 /dev/vda1 rw
      50 22 254:1 /var/lib/gapura /var/lib/gapura ro,relatime - ext4 /dev/vda1 rw
      """
    XCTAssertEqual(MountPoint.holding("/var/lib/gapura", in: bound), "/var/lib/gapura")
    let subvolumes = """
      22 1 0:30 /@ / rw - btrfs /dev/vda1 ro
      23 22 0:30 /@var /var rw - btrfs /dev/vda1 ro
      """
    XCTAssertEqual(MountPoint.holding("/var/lib/gapura", in: subvolumes), "/var")
  }

  func testOfSeveralAtOnePlaceTheLatestCounts() {
    let stacked = """
      22 1 254:1 / / rw - ext4 /dev/vda1 rw
      23 22 254:2 / /srv rw - xfs /dev/vdb rw
      24 23 0:41 / /srv rw - tmpfs office ro
      """
    XCTAssertEqual(MountPoint.holding("/srv/gapura", in: stacked), "/srv")
  }
}
