import Client
import Core
import Foundation
import Synchronization
import XCTest

/// An office on a real small disk, under load until it is full and after it was cleared: what takes much gives way first, the
/// hall goes on, and nothing that was acknowledged is lost.
///
/// The disk is mounted for the office alone (mount_namespaces(7)), which only root may; elsewhere the tests are skipped.
final class SmallDiskTests: XCTestCase {
  private static let megabyte = 1 << 20
  private static let readPages = ["/", "/layanan", "/lacak", "/display", "/petugas/masuk", "/pengaduan"]

  func testMemoryDiskThatFillsUpUnderLoad() throws {
    try fillUnderLoad("mount -t tmpfs -o size=96m,mode=700 office \"$1\"")
  }

  func testRealFileSystemThatFillsUpUnderLoadAndIsSetToReadingOnly() throws {
    let office = try fillUnderLoad(
      "truncate -s 96M \"$2/image\" && /usr/sbin/mkfs.ext4 -q -m 0 \"$2/image\" && mount -o loop \"$2/image\" \"$1\" "
        + "&& chmod 700 \"$1\" && rm -rf \"$1/lost+found\"")
    try readOnly(office)
  }

  /// - Parameter mount: makes the disk and mounts it at `$1`; `$2` is a directory for its image.
  @discardableResult
  private func fillUnderLoad(_ mount: String) throws -> OfficeProcess {
    let office = try closedOffice()
    try office.liftRates()
    try office.setFloors(uploadsMegabytes: 30, applicationsMegabytes: 16)
    let disk = try OwnDisk(for: office, mount)
    addTeardownBlock { disk.end() }
    try office.start()
    let officer = try office.seatOfficer()
    let server = try XCTUnwrap(office.server?.identifier)
    // Before room grows short, so that each has something to send and to take.
    let visitors = try (0..<24).map { person in
      let visitor = HallVisitor(port: office.port)
      return (visitor, try visitor.apply(person: person))
    }

    // Files until they are refused, while others apply, take numbers and are called.
    let tally = Mutex(Tally())
    let port = office.port
    let applications = visitors.map(\.1)
    let cookies = visitors.map(\.0.browser.cookies)
    DispatchQueue.concurrentPerform(iterations: 4) { line in
      for person in stride(from: line, to: 20, by: 4) {
        let browser = Browser(port: port, timeout: .seconds(60))
        for (name, value) in cookies[person] { browser.setCookie(name, value) }
        Self.send(to: applications[person], browser, tally)
        Self.apply(person: 1000 + person, HallVisitor(port: port), tally)
        if person % 4 == 0 { Self.takeNumber(applications[person], browser, tally) }
      }
    }
    let first = tally.withLock { $0 }
    XCTAssertEqual(first.strange, [], "answers that are neither done nor a clear refusal")
    XCTAssertGreaterThan(first.refusedFiles, 0, "files gave way: \(first)")
    XCTAssertGreaterThan(first.files, 5, "\(first)")
    XCTAssertEqual(first.numbers, 5, "numbers go on")
    let early = try health(office)
    XCTAssertTrue(early.contains("no files are taken"), early)

    // Then applications.
    let filler = "\(disk.path)/filler"
    try fill(disk, filler, leaving: 10 * Self.megabyte, whileApplying: 4000, on: port, tally)
    let refused = try Browser(port: port).get("/ajukan/paspor-elektronik-10")
    let browser = Browser(port: port)
    _ = try browser.get("/ajukan/paspor-elektronik-10")
    let form = try XCTUnwrap(refused.form(to: "/ajukan/paspor-elektronik-10")).without("_csrf")
    let answer = try browser.submit(form.filled(HallVisitor.answers(person: 2000, name: "Contoh Penuh")))
    XCTAssertEqual(answer.status, 503)
    XCTAssertTrue(answer.text.contains("Contoh Penuh"), "what was typed is lost")

    // Nothing is left but the reserve: numbers, sign-ins and calls go on.
    try fill(disk, filler, leaving: Self.megabyte, whileApplying: 5000, on: port, tally)
    for person in [20, 21] { _ = try visitors[person].0.takeNumber(application: visitors[person].1) }
    try office.seatOfficer("budi", at: 2)
    XCTAssertEqual(try officer.post("/petugas/loket/1/panggil", [:]).status, 303)
    XCTAssertEqual(try disk.query("SELECT count(*) FROM queue_ticket WHERE state = 'called'"), "1")
    let late = try health(office)
    XCTAssertTrue(late.contains("make room at once"), late)
    for path in Self.readPages { XCTAssertEqual(try Browser(port: port).get(path).status, 200, path) }

    // Cleared, all goes on, in the same process.
    try disk.remove(filler)
    try waitFor("room again") {
      let said = try self.health(office)
      return !said.contains("only numbers") && !said.contains("reserve")
    }
    let again = HallVisitor(port: port)
    _ = try again.applyAndTakeNumber(person: 3000)
    XCTAssertEqual(office.server?.identifier, server)
    XCTAssertEqual(office.server?.isRunning, true)
    let acknowledged = tally.withLock { $0 }
    XCTAssertEqual(acknowledged.strange, [], "answers that are neither done nor keep what was typed")
    XCTAssertGreaterThan(acknowledged.refusedApplications, 10, "\(acknowledged)")
    XCTAssertEqual(
      try disk.query("SELECT count(*) FROM registration_application"), String(24 + acknowledged.applications + 1))
    XCTAssertEqual(try disk.query("SELECT count(*) FROM documents_document"), String(acknowledged.files))
    XCTAssertEqual(office.stop(), 0)
    XCTAssertTrue(try office.command(["vault", "check"]).contains("ledger intact"))
    try office.start(port: port)
    XCTAssertEqual(
      try disk.query("SELECT count(*) FROM registration_application"), String(24 + acknowledged.applications + 1))
    currentDisk = disk
    return office
  }

  private var currentDisk: OwnDisk?

  /// The kernel has met errors and lets nobody write any more: pages are read, before and after a start, and everything
  /// goes on when it is mended.
  private func readOnly(_ office: OfficeProcess) throws {
    let disk = try XCTUnwrap(currentDisk)
    let port = office.port
    // A file that is open for writing keeps the kernel from it: so does it itself when it meets an error.
    XCTAssertEqual(office.stop(), 0)
    try disk.run("mount -o remount,ro \"$1\"")
    try office.start(port: port)
    for path in Self.readPages { XCTAssertEqual(try Browser(port: port).get(path).status, 200, path) }
    let said = try health(office)
    XCTAssertTrue(said.contains("lets nobody write") && said.contains("mount -o remount,rw \(office.state)"), said)
    // What a service started with only to be read stays so for it (mount_namespaces(7)), whatever the host sees.
    XCTAssertTrue(said.contains("remount,rw \(office.state), then systemctl restart gapura"), said)
    let checked = try office.command(["vault", "check"])
    XCTAssertTrue(checked.contains("documents") && checked.contains("ledger intact"), checked)
    let browser = Browser(port: port)
    let page = try browser.get("/pengaduan")
    let refused = try browser.submit(
      XCTUnwrap(page.form(to: "/pengaduan")).filled(["jenis": "complaint", "tentang": "facilities", "isi": "Contoh"]))
    XCTAssertEqual(refused.status, 503)
    XCTAssertTrue(refused.text.contains("Contoh"), "what was typed is lost")
    try disk.run("mount -o remount,rw \"$1\"")
    // It ends by itself, for the service manager to start it anew.
    XCTAssertEqual(try office.server?.wait(within: .seconds(30)), 75)
    try office.start(port: port)
    _ = try HallVisitor(port: port).apply(person: 3001)
  }

  // MARK: The load

  private struct Tally: Sendable {
    var files = 0
    var refusedFiles = 0
    var applications = 0
    var refusedApplications = 0
    var numbers = 0
    /// What was neither done nor refused in words.
    var strange: [String] = []

    mutating func note(_ answer: Answer, _ what: String) {
      let isClear =
        answer.status == 503 && (answer.text.contains("class=\"hint\"") || answer.text.contains("error-summary"))
      if answer.status != 303, !isClear { strange.append("\(what): \(answer.status) \(answer.heading ?? "")") }
    }
  }

  private static func send(to application: String, _ browser: Browser, _ tally: borrowing Mutex<Tally>) {
    let path = "/permohonan/\(application)/dokumen"
    let content =
      Array("%PDF-1.7\n".utf8) + [UInt8](repeating: 65, count: 1_500_000) + Array("\nstartxref\n0\n%%EOF\n".utf8)
    do {
      let slots = try browser.visit(path).forms.map(\.action).filter {
        $0.hasPrefix("\(path)/") && !$0.hasSuffix("/hapus")
      }
      for slot in slots.prefix(2) {
        let answer = try browser.postMultipart(
          slot, [MultipartPart("berkas", fileName: "a.pdf", mediaType: "application/pdf", content)])
        tally.withLock { tally in
          if answer.status == 303 { tally.files += 1 } else { tally.refusedFiles += 1 }
          tally.note(answer, "a file")
        }
      }
    } catch {
      tally.withLock { $0.strange.append("a file: \(error)") }
    }
  }

  private static func apply(person: Int, _ visitor: HallVisitor, _ tally: borrowing Mutex<Tally>) {
    do {
      let path = "/ajukan/paspor-elektronik-10"
      guard let form = try visitor.browser.get(path).form(to: path) else { return }
      let answer = try visitor.browser.submit(form.filled(HallVisitor.answers(person: person)))
      tally.withLock { tally in
        if answer.status == 303 { tally.applications += 1 }
        tally.note(answer, "an application")
      }
    } catch {
      tally.withLock { $0.strange.append("an application: \(error)") }
    }
  }

  /// Fills the disk but for so many bytes, while people go on applying: done, or refused with what they typed.
  private func fill(
    _ disk: OwnDisk, _ file: String, leaving bytes: Int, whileApplying first: Int, on port: UInt16,
    _ tally: borrowing Mutex<Tally>
  ) throws {
    let failure = Mutex<String?>(nil)
    DispatchQueue.concurrentPerform(iterations: 4) { line in
      guard line > 0 else {
        do { try disk.fill(file, leaving: bytes) } catch { failure.withLock { $0 = "\(error)" } }
        return
      }
      for person in 0..<6 { Self.applyOrKeep(person: first + line * 10 + person, on: port, tally) }
    }
    XCTAssertNil(failure.withLock { $0 })
  }

  private static func applyOrKeep(person: Int, on port: UInt16, _ tally: borrowing Mutex<Tally>) {
    do {
      let browser = Browser(port: port, timeout: .seconds(60))
      let path = "/ajukan/paspor-elektronik-10"
      guard let form = try browser.get(path).form(to: path) else {
        return tally.withLock { $0.strange.append("an application: no form") }
      }
      let answer = try browser.submit(form.filled(HallVisitor.answers(person: person, name: "Contoh Tetap")))
      tally.withLock { tally in
        if answer.status == 303 {
          tally.applications += 1
        } else if answer.status == 503, answer.text.contains("Contoh Tetap") {
          tally.refusedApplications += 1
        } else {
          tally.strange.append("an application: \(answer.status) \(answer.heading ?? "")")
        }
      }
    } catch {
      tally.withLock { $0.strange.append("an application: \(error)") }
    }
  }

  private static func takeNumber(_ application: String, _ browser: Browser, _ tally: borrowing Mutex<Tally>) {
    do {
      let page = try browser.get("/antrean?nomor=\(Browser.encoded(application))")
      guard let form = page.form(to: "/antrean") else { return }
      let answer = try browser.submit(form)
      tally.withLock { tally in
        if answer.status == 303 { tally.numbers += 1 }
        tally.note(answer, "a number")
      }
    } catch {
      tally.withLock { $0.strange.append("a number: \(error)") }
    }
  }

  private func health(_ office: OfficeProcess) throws -> String {
    try Browser(port: office.hallPort).get("/kesehatan").text
  }

  private func waitFor(_ fact: String, _ holds: () throws -> Bool) throws {
    let deadline = ContinuousClock.now + Duration.seconds(30).withPatience
    while !(try holds()) {
      guard ContinuousClock.now < deadline else { return XCTFail("never: \(fact)") }
      Thread.sleep(forTimeInterval: 0.05)
    }
  }
}

/// A disk that is mounted where an office has its state, in a mount namespace that a sleeping process holds.
final class OwnDisk: Sendable {
  /// The state as the office sees it.
  let path: String
  private let holder: ChildProcess
  /// With its root, which may lie below that of its namespace: a build machine in a chroot.
  private var enter: [String] {
    ["--mount=/proc/\(holder.identifier)/ns/mnt", "--root=/proc/\(holder.identifier)/root", "--wd=/", "--"]
  }

  /// Moves the office's state onto the disk.
  ///
  /// - Throws: `XCTSkip` where nothing may be mounted.
  init(for office: OfficeProcess, _ mount: String) throws {
    path = office.state
    let directory = office.directory.path
    let trial = "mount --make-rprivate / && mount -t tmpfs -o size=1m trial \"$1\" && umount \"$1\""
    guard
      (try? ChildProcess.run("/usr/bin/unshare", ["--mount", "/bin/sh", "-c", trial, "sh", directory])) != nil
    else { throw XCTSkip("mounting needs root's rights (CAP_SYS_ADMIN)") }
    let script = """
      set -e
      mount --make-rprivate /
      mkdir -p "$2/disk"
      set -- "$2/disk" "$2" "$1"
      \(mount)
      cp -a "$3/." "$1/"
      mount --move "$1" "$3"
      echo mounted
      exec sleep 3600
      """
    holder = try ChildProcess("/usr/bin/unshare", ["--mount", "/bin/sh", "-c", script, "sh", office.state, directory])
    do {
      try holder.waitForLine { $0 == "mounted" }
    } catch {
      throw XCTSkip("this disk cannot be mounted here: \(holder.speech.complaintText)")
    }
    office.wrapper = ["/usr/bin/nsenter"] + enter
  }

  func end() { holder.end(with: SIGKILL) }

  /// Runs a script beside the office; `$1` is the state.
  @discardableResult
  func run(_ script: String) throws -> String {
    try ChildProcess.run("/usr/bin/nsenter", enter + ["/bin/sh", "-c", script, "sh", path]).text
  }

  /// Fills the disk but for so many bytes.
  func fill(_ file: String, leaving bytes: Int) throws {
    let free = try run("df --output=avail -B1 \"$1\" | tail -n 1").trimmingCharacters(in: .whitespacesAndNewlines)
    try run("head -c \(max(0, (Int(free) ?? 0) - bytes)) /dev/zero >> '\(file)'; sync")
  }

  func remove(_ file: String) throws { try run("rm -f '\(file)'; sync") }

  func query(_ sql: String) throws -> String {
    try ChildProcess.ask("\(path)/gapura.db", sql, by: ["/usr/bin/nsenter"] + enter)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
