import Client
import XCTest

/// For each act that writes, each call of the disk fails once: the answer says truly whether the act has happened, and the
/// next one goes on. `GAPURA_TEST_EVERY_CALL=1` fails all calls (`make soak`), else some.
final class EveryWriteTests: XCTestCase {
  static let service = "paspor-elektronik-10"
  static let ledger = "SELECT count(*) FROM ledger_entries"

  /// What the public does, in `testEveryActOfThePublic`.
  private static let publicActs: Set<String> = [
    "/ajukan/:layanan", "/permohonan/:nomor", "/permohonan/:nomor/dokumen/bukti", "/permohonan/:nomor/dokumen/:syarat",
    "/permohonan/:nomor/dokumen/:syarat/hapus", "/antrean", "/tiket/:kode/batalkan", "/tiket/:kode/hadir-kembali",
    "/janji/waktu", "/janji/:kode/pesan", "/janji/:kode/ubah", "/janji/:kode/batal", "/janji/:kode/datang",
    "/pengaduan",
    "/pengaduan/selesai", "/pengaduan/buka-kembali", "/survei", "/bantuan-akses", "/data-saya",
    "/data-saya/:nomor/persetujuan", "/data-saya/:nomor/minta/:jenis", "/undian/:undian", "/petugas/masuk",
    "/petugas/keluar", "/petugas/masuk/kunci", "/petugas/kunci", "/petugas/kunci/:kunci/nama",
    "/petugas/kunci/:kunci/hapus",
  ]

  /// What officers do beside what the console's own test presses, in `ConsoleWriteTests`.
  static let consoleActs: Set<String> = ["/petugas/hak-data/darurat"]

  /// What no act of these tests is: it writes nothing, or is the same write as another one.
  private static let elsewhere: [String: String] = [
    "/cari": "reads", "/tiket": "reads", "/verifikasi": "reads", "/permintaan-data": "reads",
    "/lacak": "an entry of the ledger, as with /permohonan/:nomor",
    "/janji/lihat": "an entry of the ledger, as with /permohonan/:nomor",
    "/pengaduan/status": "an entry of the ledger where there is a reply, as with /permohonan/:nomor",
    "/data-saya/keluar": "a cookie",
    "/petugas/permohonan": "an entry of the ledger, as with the break-glass",
    "/petugas/hak-data/kasus/:kode/buka": "an entry of the ledger, as with the break-glass",
    "/petugas/survei/komentar": "an entry of the ledger, as with the break-glass",
    "/data-saya/:nomor/salinan": "an entry of the ledger, as with the break-glass",
    "/petugas/ruang/sisa-hari": "transitions of tickets, as with the day that is closed",
    "/petugas/ruang/lepas": "a transition of a ticket, as with each action of a counter",
    "/petugas/kunci/baru": "draws the account's handle, which counts once there is a passkey",
    "/petugas/faktor/pertama": "the app of /petugas/faktor/baru, in a session that opens as by /petugas/faktor/kode",
    "/petugas/pemeriksaan": "the mark of a row, as with a stop that is taken back",
    "/petugas/faktor/pertama/kunci": "the passkey of /petugas/kunci, in such a session",
    "/petugas/permohonan/:nomor/dokumen": "the entry comes with the document, which the page fetches",
  ]

  /// What people do at a kiosk, in `KioskWriteTests`.
  static let kioskActs: Set<String> = [
    "open", "takeNumber", "lookUp", "checkIn", "checkInByNumber", "checkInByApplication", "callHelp",
  ]

  private static let kioskElsewhere: [String: String] = [
    "refreshOffer": "reads", "refreshHall": "reads", "findTicketByNumber": "reads", "readPaper": "reads",
    "findTicket": "reads; the code of its paper is kept, or left out of the screen", "bell": "a terminal",
    "wipe": "a terminal",
  ]

  /// What administrators do, in `CommandWriteTests`.
  static let commandActs: Set<String> = [
    "backup", "vault backup-ring", "vault rotate", "ledger head", "officer add", "officer disable", "officer enable",
    "officer reset", "clock", "loss", "restore", "vault retention", "vault undo-retention",
    "queue close-day",
  ]

  private static let commandsElsewhere: [String: String] = [
    "serve": "all other tests", "kiosk": "a terminal", "display": "a terminal", "verify-receipt": "reads",
    "vault check": "reads", "ledger verify": "reads", "ledger key": "reads", "officer list": "reads",
    "catalogue check": "reads", "vault shares": "shows what it makes",
    "vault init": "CommandWriteTests/testTheFirstCommandLeavesAllOrNothing",
    "vault recover": "writes the root key's file, as init does", "vault replay-erasures": "as each start does",
    "migrate": "as each start does",
  ]

  // MARK: Nothing is forgotten

  func testEveryRouteThatTakesAFormIsTriedOrSaysWhyNot() throws {
    let console = try ConsoleHand.steps { $0 }.filter { $0.changes != nil && $0.control.hasPrefix("post ") }
      .map { ConsoleStep.pattern(of: $0.control) }
    let tried = Self.publicActs.union(Self.consoleActs).union(PageWriteTests.acts).union(FactorWriteTests.acts)
    func isTried(_ route: String) -> Bool {
      if tried.contains(route) || Self.elsewhere[route] != nil { return true }
      return console.contains { ConsoleStep.matches($0, route) }
    }
    let routes = try WritePaths.routes()
    XCTAssertGreaterThan(routes.count, 60)
    XCTAssertEqual(
      routes.filter { !isTried($0) }.sorted(), [], "nobody tries what becomes of these on a disk that fails")
    XCTAssertEqual(
      tried.union(Self.elsewhere.keys).subtracting(routes).sorted(), [], "there are no such routes any more")
  }

  func testEveryCommandIsTriedOrSaysWhyNot() throws {
    let commands = try WritePaths.commands()
    XCTAssertGreaterThan(commands.count, 20)
    let known = Self.commandActs.union(Self.commandsElsewhere.keys)
    XCTAssertEqual(
      commands.subtracting(known).sorted(), [], "nobody tries what becomes of these on a disk that fails")
    XCTAssertEqual(known.subtracting(commands).sorted(), [], "there are no such commands any more")
  }

  func testEveryActOfAKioskIsTriedOrSaysWhyNot() throws {
    let effects = try WritePaths.kioskEffects()
    XCTAssertGreaterThan(effects.count, 10)
    let known = Self.kioskActs.union(Self.kioskElsewhere.keys)
    XCTAssertEqual(effects.subtracting(known).sorted(), [], "nobody tries what becomes of these on a disk that fails")
    XCTAssertEqual(known.subtracting(effects).sorted(), [], "there are no such effects any more")
  }

  // MARK: The public

  func testEveryActOfThePublic() throws {
    let office = try closedOffice()
    let password = try PublicActs.prepare(office)
    let disk = try OfficeDisk(of: office)
    try office.start(environment: disk.environment(office.clock))
    let walk = WriteWalk(office, disk)
    try PublicActs(walk: walk).take(supervisorPassword: password)
    XCTAssertEqual(Self.publicActs.subtracting(walk.tried).sorted(), [], "not tried")
    XCTAssertGreaterThan(walk.refusalCount, 2 * Self.publicActs.count, "hardly anything has failed")
    try walk.restart()
  }
}
