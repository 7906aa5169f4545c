import Client
import Core
import Foundation
import XCTest

@testable import Privacy

final class ZipWriterTests: XCTestCase {
  private static let start = Instant(milliseconds: 1_795_399_200_000)

  private func archive(_ files: [(String, [UInt8])], pieces: Int) throws -> [UInt8] {
    var writer = ZipWriter(at: Self.start, in: .wib)
    var bytes: [UInt8] = []
    for (name, content) in files {
      bytes += writer.begin(.init(name: name, byteCount: content.count))
      for start in stride(from: 0, to: content.count, by: pieces) {
        bytes += try writer.add(Array(content[start..<min(start + pieces, content.count)]))
      }
      bytes += try writer.end()
    }
    return bytes + writer.finish()
  }

  func testArchivesOfAnySizeAndPiecesAreAsLongAsWasSaidAndReadBack() throws {
    var random = SystemRandomNumberGenerator()
    for count in [0, 1, 65_534, 65_535, 65_536, 131_070, 131_071, 300_000] {
      let content = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      let files = [("BACA.txt", Array("halo".utf8)), ("dokumen/é.bin", content), ("kosong", [])]
      for pieces in [1000, 65_535, 65_536, 1_000_000] {
        let bytes = try archive(files, pieces: pieces)
        XCTAssertEqual(
          bytes.count, ZipWriter.byteCount(of: files.map { .init(name: $0.0, byteCount: $0.1.count) }))
        let read = try ArchiveReader(bytes)
        XCTAssertEqual(read.files.map(\.name), files.map(\.0))
        XCTAssertTrue(zip(read.files, files).allSatisfy { $0.content == $1.1 }, "\(count) in pieces of \(pieces)")
      }
    }
  }

  func testAContentThatIsNotAsLongAsWasSaidIsRefused() throws {
    var writer = ZipWriter(at: Self.start, in: .wib)
    _ = writer.begin(.init(name: "a", byteCount: 3))
    XCTAssertThrowsError(try writer.add([1, 2, 3, 4]))
    _ = try writer.add([1, 2])
    XCTAssertThrowsError(try writer.end())
  }

  func testTheChecksumIsThatOfTheStandard() {
    var crc = CRC32()
    crc.take(Array("123456789".utf8))
    XCTAssertEqual(crc.value, 0xCBF4_3926)
  }

  /// With another program than ours.
  func testAnotherProgramReadsIt() throws {
    let python = "/usr/bin/python3"
    let path = FileManager.default.temporaryDirectory.path + "/gapura-\(UUID().uuidString).zip"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let content = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    try Data(archive([("data.json", Array("{}".utf8)), ("dokumen/1.jpg", content)], pieces: 4096))
      .write(to: URL(filePath: path))
    try ChildProcess.run(
      python, ["-c", "import zipfile,sys; z=zipfile.ZipFile(sys.argv[1]); sys.exit(z.testzip() is not None)", path])
  }

  /// An archive of more than 4 GiB, of which a hole in the file takes the place of the first entries, so that nobody has
  /// to write them: its entries lie where 32 bits do not reach.
  func testAnArchiveBeyondFourGibibytesIsReadByOtherPrograms() throws {
    let path = FileManager.default.temporaryDirectory.path + "/gapura-\(UUID().uuidString).zip"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let far = (0..<150_000).map { UInt8(truncatingIfNeeded: $0 &* 13) }
    // The first entry still begins within reach, the second one beyond it.
    let start = 0xFFFF_FFFF - 70_000
    let files = [("data.json", far), ("dokumen/1.jpg", far), ("dokumen/2.pdf", Array("akhir".utf8))]
    var writer = ZipWriter(at: Self.start, in: .wib, after: start)
    var bytes: [UInt8] = []
    for (name, content) in files {
      bytes += writer.begin(.init(name: name, byteCount: content.count))
      bytes += try writer.add(content)
      bytes += try writer.end()
    }
    bytes += writer.finish()
    let entries = files.map { ZipWriter.Entry(name: $0.0, byteCount: $0.1.count) }
    XCTAssertEqual(bytes.count, ZipWriter.byteCount(of: entries, after: start))
    XCTAssertTrue(FileManager.default.createFile(atPath: path, contents: nil))
    let file = try XCTUnwrap(FileHandle(forWritingAtPath: path))
    try file.seek(toOffset: UInt64(start))
    try file.write(contentsOf: bytes)
    try file.close()

    let expected = files.map { "\($0.0) \($0.1.count)" }.joined(separator: "\n")
    let python = "/usr/bin/python3"
    let said = try ChildProcess.run(
      python,
      [
        "-c",
        """
        import sys, zipfile
        archive = zipfile.ZipFile(sys.argv[1])
        assert archive.testzip() is None
        assert archive.infolist()[-1].header_offset > 1 << 32
        for entry in archive.infolist(): print(entry.filename, len(archive.read(entry)))
        """, path,
      ])
    XCTAssertEqual(said.text.trimmingCharacters(in: .newlines), expected)
    try ChildProcess.run("/usr/bin/unzip", ["-tq", path])
  }
}
