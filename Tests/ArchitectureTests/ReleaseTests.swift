import Client
import Foundation
import XCTest

/// What is shipped has its guards and the list of its parts, or is refused.
final class ReleaseTests: XCTestCase {
  func testGuardedExecutableWithItsPartsIsAccepted() throws {
    let program = try TinyProgram()
    try program.listParts()
    XCTAssertEqual(try program.complaints(), [])
  }

  func testEachGuardThatIsMissingIsNamed() throws {
    let guards: [(compiler: [String], linker: [String], said: String)] = [
      (["-fno-pie"], ["-no-pie"], "is not position-independent"),
      ([], ["-Wl,-z,norelro"], "can overwrite its own tables of addresses"),
      ([], ["-Wl,-z,lazy"], "looks functions up late"),
      ([], ["-Wl,-z,execstack"], "has a stack on which code can run"),
      ([], ["-Wl,-rpath,$ORIGIN"], "looks for libraries at that path first"),
      ([], ["-Wl,-rpath,$ORIGIN", "-Wl,--disable-new-dtags"], "looks for libraries at that path first"),
      (["-fno-stack-protector"], [], "does not notice that a buffer on its stack ran over"),
    ]
    for (compiler, linker, said) in guards {
      let complaints = try TinyProgram(compiler: compiler, linker: linker).complaints()
      XCTAssertEqual(complaints.count, 2, "\(compiler + linker): \(complaints)")
      XCTAssertTrue(complaints.first?.contains(said) ?? false, "\(compiler + linker): \(complaints)")
      XCTAssertTrue(complaints.last?.contains("without a list of its parts") ?? false, "\(complaints)")
    }
  }

  func testListOfAnotherExecutableOrWithoutALibraryIsRefused() throws {
    let program = try TinyProgram()
    try program.listParts()
    let other = try TinyProgram(says: "gapura 0.0.2")
    try FileManager.default.copyItem(at: program.parts, to: other.parts)
    XCTAssertEqual(try other.complaints().map { $0.contains("is not the one whose parts") }, [true])

    let listed = try String(contentsOf: program.parts, encoding: .utf8)
    try listed.replacing("/libz.so.1\"", with: "/libzet.so\"").write(
      to: program.parts, atomically: true, encoding: .utf8)
    XCTAssertEqual(try program.complaints().map { $0.contains("needs libz.so.1, which") }, [true])

    try Data("{".utf8).write(to: program.parts)
    XCTAssertEqual(try program.complaints().map { $0.contains("that is no JSON") }, [true])
  }

  func testListIsWhatSPDXAsksForAndNamesWhatIsLinkedAndStarted() throws {
    let program = try TinyProgram()
    let list = try SPDXDocument(program.listParts())
    XCTAssertEqual(SPDXRule.faults(in: list), [])
    let gapura = "SPDXRef-Package-gapura"
    let libraries = list.relationships.filter { $0.spdxElementId == gapura && $0.relationshipType == "DYNAMIC_LINK" }
    XCTAssertEqual(
      Set(libraries.map(\.relatedSpdxElement)), ["SPDXRef-Package-deb-libc6", "SPDXRef-Package-deb-zlib1g"])
    // What every program begins with.
    let inside = list.relationships.filter { $0.relationshipType == "STATIC_LINK" }.map(\.relatedSpdxElement)
    XCTAssertTrue(inside.contains("SPDXRef-Package-deb-libc6-dev"), "\(inside)")
    let version = try ChildProcess.run("/usr/bin/dpkg-query", ["-W", "-f", "${Version}", "zlib1g"]).text
    XCTAssertEqual(list.packages.first { $0.name == "zlib1g" }?.versionInfo, version)
    XCTAssertEqual(list.packages.first { $0.name == "gapura" }?.versionInfo, "0.0.1")
  }

  func testSameExecutableHasTheSameListButForItsTime() throws {
    let program = try TinyProgram()
    let first = try program.listParts(at: 1_800_000_000)
    XCTAssertTrue(first.contains(#""created": "2027-01-15T08:00:00Z""#), first)
    XCTAssertEqual(try program.listParts(at: 1_800_000_000), first)
    XCTAssertEqual(
      try program.listParts(at: 1_800_000_001).replacing("08:00:01Z", with: "08:00:00Z"), first)
  }

  func testListOfPartsRefusesAMapThatIsNotTheExecutables() throws {
    let program = try TinyProgram()
    try "/nowhere/libgone.a(gone.o)\n".write(to: program.map, atomically: true, encoding: .utf8)
    XCTAssertThrowsError(try program.listParts()) { error in
      XCTAssertTrue("\(error)".contains("/nowhere/libgone.a, which is not there"), "\(error)")
    }
    // An archive of unknown origin.
    let stray = program.directory.deletingLastPathComponent().appendingPathComponent("stray-\(UUID()).a")
    defer { try? FileManager.default.removeItem(at: stray) }
    try Data().write(to: stray)
    try "\(stray.path)(a.o)\n".write(to: program.map, atomically: true, encoding: .utf8)
    XCTAssertThrowsError(try program.listParts()) { error in
      XCTAssertTrue("\(error)".contains("nothing says where \(stray.path) is from"), "\(error)")
    }
  }

  func testEveryProgramThatTheSourcesStartIsOnTheList() throws {
    let script = try String(
      contentsOf: Repository.root.appendingPathComponent("scripts/bill-of-materials"), encoding: .utf8)
    let started = try Repository.sources().flatMap { file in
      file.text.matches(of: /program(?:: String)? = "([a-z-]+)"/).map { String($0.output.1) }
    }
    XCTAssertEqual(Set(started), ["espeak-ng", "systemd-creds"])
    for program in started + ["clamd"] {
      XCTAssertTrue(script.contains("_DEPENDENCY_OF \(program) "), program)
    }
  }

  /// It is linked as the shipped one is, but for the Swift runtime: that lies in the toolchain's directory.
  func testExecutableOfTheTestsLacksOnlyWhatAReleaseAdds() throws {
    let complaints = try TinyProgram.complaints(about: ChildProcess.built("gapura"))
    XCTAssertEqual(
      complaints.map { $0.contains("looks for libraries at that path") || $0.contains("without a list of its parts") },
      [true, true], "\(complaints)")
  }

  func testReadmeInstallsEveryLibraryThatIsNotOnEachDebianMachine() throws {
    let dynamic = try ChildProcess.run("/usr/bin/readelf", ["--wide", "--dynamic", ChildProcess.built("gapura")]).text
    // The toolchain's own are inside the executable that is shipped.
    let needed = dynamic.matches(of: /\(NEEDED\).*\[(lib.*)\]/).map { String($0.output.1) }
      .filter { $0.firstMatch(of: /^lib(swift|_?Foundation|dispatch|BlocksRuntime)/) == nil }
    XCTAssertGreaterThan(needed.count, 7)
    let readme = try String(contentsOf: Repository.root.appendingPathComponent("README.md"), encoding: .utf8)
    let line = try XCTUnwrap(readme.split(separator: "\n").first { $0.hasPrefix("apt-get install ") })
    let installed = Set(line.split(separator: " ") + ["libc6", "libgcc-s1", "libsystemd0", "zlib1g"])
    for library in needed + ["libstdc++.so.6"] {
      let owners = try ChildProcess.run("/usr/bin/dpkg-query", ["-S", "*/\(library)"]).text
      let packages = owners.split(separator: "\n").compactMap { $0.split(separator: ":").first }
      XCTAssertFalse(installed.isDisjoint(with: packages), "\(library) is in \(packages)")
    }
  }

  func testOurCIsNotCompiledWithoutItsGuards() throws {
    let flags = ["-O2", "-fstack-protector-strong", "-fcf-protection=full", "-D_FORTIFY_SOURCE=3"]
    #if arch(x86_64)
      let lost = flags.dropFirst()
    #else
      let lost = flags.dropFirst().filter { !$0.contains("cf-protection") }
    #endif
    for folder in ["CCheckedPages", "CRefusals"] {
      XCTAssertEqual(try compilesOurC(folder, flags), "")
      for flag in lost {
        let said = try compilesOurC(folder, flags.filter { $0 != flag })
        XCTAssertTrue(said.contains("error: \"compile with \(flag)\""), said)
      }
    }
  }

  /// - Returns: what the compiler complains of.
  private func compilesOurC(_ folder: String, _ flags: [String]) throws -> String {
    #if !arch(x86_64)
      let flags = flags.filter { !$0.contains("cf-protection") }
    #endif
    let folder = Repository.root.appendingPathComponent("Sources/System/\(folder)")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    let sources = files.filter { $0.pathExtension == "c" }.map(\.path)
    let child = try ChildProcess(
      "/usr/bin/env",
      ["clang", "-fsyntax-only"] + flags + ["-I", folder.appendingPathComponent("include").path] + sources)
    let status = try child.wait()
    let said = child.speech.complaintText
    XCTAssertEqual(status == 0, said.isEmpty, said)
    return said
  }

  // MARK: The rule itself

  func testWhatSPDXDoesNotAllowIsFound() throws {
    let list = try SPDXDocument(
      """
      { "spdxVersion": "SPDX-2.2", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": "a",
        "documentNamespace": "gapura#1", "creationInfo": { "created": "today", "creators": ["me"] },
        "packages": [
          { "SPDXID": "SPDXRef-a_b", "name": "a", "downloadLocation": "NOASSERTION", "filesAnalyzed": false },
          { "SPDXID": "SPDXRef-c", "name": "c", "downloadLocation": "NOASSERTION", "filesAnalyzed": true,
            "externalRefs": [{ "referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": "c" }] }
        ],
        "files": [{ "SPDXID": "SPDXRef-c", "fileName": "c", "checksums": [] }],
        "relationships": [
          { "spdxElementId": "SPDXRef-a_b", "relationshipType": "CONTAINS", "relatedSpdxElement": "SPDXRef-c" },
          { "spdxElementId": "SPDXRef-c", "relationshipType": "LIKES", "relatedSpdxElement": "SPDXRef-d" }
        ] }
      """)
    XCTAssertEqual(
      SPDXRule.faults(in: list),
      [
        "its version is SPDX-2.2", "its namespace gapura#1 is no address", "its time is today", "its maker is me",
        "SPDXRef-a_b is no id", "SPDXRef-c stands twice", "SPDXRef-a_b has no version and no purl",
        "SPDXRef-c has no sum over its files", "SPDXRef-c has the purl c", "SPDXRef-c is called c",
        "SPDXRef-c has no SHA1", "SPDXRef-c has no SHA256", "it describes 0 parts",
        "SPDXRef-a_b contains files and says that they were not looked at", "LIKES is no relationship",
        "SPDXRef-d is nowhere",
      ])
  }
}

/// A small C program that is built as Gapura is, and the scripts that look at what is shipped.
private final class TinyProgram {
  let directory: URL
  var executable: URL { directory.appendingPathComponent("gapura") }
  var map: URL { directory.appendingPathComponent("gapura.map") }
  var parts: URL { directory.appendingPathComponent("gapura.spdx.json") }

  /// - Parameters:
  ///   - words: what it says of itself.
  ///   - compiler, linker: flags after those that Gapura is built with, which they undo.
  init(says words: String = "gapura 0.0.1", compiler: [String] = [], linker: [String] = []) throws {
    directory = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appendingPathComponent("release-\(UUID())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    let source = directory.appendingPathComponent("gapura.c")
    try """
    #include <stdio.h>
    #include <zlib.h>
    int main(int count, char **words) {
      char line[64];
      snprintf(line, sizeof line, "\(words)%s", count > 9 ? zlibVersion() : "");
      return puts(line) < 0;
    }
    """.write(to: source, atomically: true, encoding: .utf8)
    let object = directory.appendingPathComponent("gapura.o").path
    let guards = ["-O2", "-fPIE", "-fstack-protector-strong"]
    try ChildProcess.run("/usr/bin/env", ["clang", "-c", source.path, "-o", object] + guards + compiler)
    let links = ["-pie", "-Wl,-z,relro", "-Wl,-z,now", "-Wl,-z,noexecstack", "-Wl,-Map=\(map.path)"]
    try ChildProcess.run("/usr/bin/env", ["clang", object, "-lz", "-o", executable.path] + links + linker)
  }

  deinit { try? FileManager.default.removeItem(at: directory) }

  /// Writes the list of its parts beside it.
  @discardableResult
  func listParts(at seconds: Int = 0) throws -> String {
    let script = Repository.root.appendingPathComponent("scripts/bill-of-materials").path
    let text = try ChildProcess.run(
      script, [executable.path, map.path], environment: ["SOURCE_DATE_EPOCH": "\(seconds)"]
    ).text
    try text.write(to: parts, atomically: true, encoding: .utf8)
    return text
  }

  func complaints() throws -> [String] { try Self.complaints(about: executable.path) }

  /// What is wrong with an executable; it is accepted when that is nothing.
  static func complaints(about executable: String) throws -> [String] {
    let script = Repository.root.appendingPathComponent("scripts/check-release").path
    let child = try ChildProcess(script, [executable])
    let status = try child.wait()
    let lines = child.speech.complaintText.split(separator: "\n").map(String.init)
    let complaints = lines.filter { $0.hasPrefix("scripts/check-release: ") }
    XCTAssertEqual(status == 0, complaints.isEmpty, "\(lines)")
    return complaints
  }
}
