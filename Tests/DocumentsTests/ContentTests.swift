import Contracts
import Core
import CryptoHarness
import XCTest

@testable import Documents
@testable import Vault

/// What is taken and what is refused, by content alone.
final class ContentTests: XCTestCase {
  /// The verdict, the same for every way in which the bytes are cut.
  private func verdict(_ bytes: [UInt8], file: StaticString = #filePath, line: UInt = #line) -> Result<
    DocumentType, ContentRefusal
  > {
    let whole = verdict(bytes, pieceByteCount: max(1, bytes.count))
    for size in [1, 3, 16, 17] {
      XCTAssertEqual(verdict(bytes, pieceByteCount: size), whole, "pieces of \(size)", file: file, line: line)
    }
    return whole
  }

  private func verdict(_ bytes: [UInt8], pieceByteCount size: Int) -> Result<DocumentType, ContentRefusal> {
    var inspector = ContentInspector()
    do {
      for start in stride(from: 0, to: bytes.count, by: size) {
        let piece = Array(bytes[start..<min(start + size, bytes.count)])
        try piece.withUnsafeBytes { try inspector.take($0) }
      }
      return .success(try inspector.finish())
    } catch {
      return .failure(error as? ContentRefusal ?? .unknownType)
    }
  }

  func testWholeFilesAreKnownByTheirContent() {
    XCTAssertEqual(verdict(SampleFile.pdf()), .success(.pdf))
    XCTAssertEqual(verdict(SampleFile.png()), .success(.png))
    XCTAssertEqual(verdict(SampleFile.jpeg()), .success(.jpeg))
  }

  func testWhatPhonesPutBehindAPictureIsNoTrouble() {
    XCTAssertEqual(verdict(SampleFile.jpeg() + [UInt8](repeating: 7, count: 500)), .success(.jpeg))
    XCTAssertEqual(verdict(SampleFile.png() + [0]), .success(.png))
    XCTAssertEqual(verdict(SampleFile.pdf() + [10, 10, 0]), .success(.pdf))
  }

  func testAPDFBehindAByteOrderMarkOrLineEndsIsAPDF() {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    for margin in [mark, [10], [13, 10, 13, 10], mark + [10], [UInt8](repeating: 32, count: 1000)] {
      XCTAssertEqual(verdict(margin + SampleFile.pdf()), .success(.pdf), "\(margin.prefix(8))")
      XCTAssertEqual(verdict(margin + SampleFile.png()), .failure(.unknownType), "a picture begins at once")
      XCTAssertEqual(verdict(margin + SampleFile.jpeg()), .failure(.unknownType))
    }
    XCTAssertEqual(
      verdict([UInt8](repeating: 10, count: 1024) + SampleFile.pdf()), .failure(.unknownType),
      "further than readers look")
    XCTAssertEqual(verdict(mark + Array("%PDF-1.7".utf8)), .failure(.broken(.pdf)))
  }

  func testPictureThatWouldFillAComputerIsRefused() throws {
    func bytes(_ number: Int, _ count: Int) -> [UInt8] {
      (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
    func png(_ width: Int, _ height: Int) -> [UInt8] {
      var file = SampleFile.png()
      file.replaceSubrange(16..<24, with: bytes(width, 4) + bytes(height, 4))
      return file
    }
    XCTAssertEqual(verdict(png(30_000, 30_000)), .failure(.tooManyPixels))
    XCTAssertEqual(verdict(png(Int(Int32.max), Int(Int32.max))), .failure(.tooManyPixels))
    XCTAssertEqual(verdict(png(16_384, 12_288)), .success(.png), "the largest camera of a telephone")
    func jpeg(_ width: Int, _ height: Int) throws -> [UInt8] {
      var file = SampleFile.jpeg()
      let frame = try XCTUnwrap(file.indices.dropLast().first { file[$0] == 0xFF && file[$0 + 1] == 0xC0 })
      file.replaceSubrange(frame + 5..<frame + 9, with: bytes(height, 2) + bytes(width, 2))
      return file
    }
    XCTAssertEqual(verdict(try jpeg(30_000, 30_000)), .failure(.tooManyPixels))
    XCTAssertEqual(verdict(try jpeg(30_000, 0)), .failure(.tooManyPixels), "a height that follows may be any")
    XCTAssertEqual(verdict(try jpeg(16_320, 12_240)), .success(.jpeg))
  }

  func testPDFThatMayRunSomethingIsRefused() {
    func pdf(_ object: String) -> [UInt8] {
      Array("%PDF-1.7\n1 0 obj\n\(object)\nendobj\n".utf8) + SampleFile.pdf().dropFirst(9)
    }
    for object in [
      "<< /S /JavaScript /JS (app.alert\\(1\\)) >>", "<</S/Launch/F(calc.exe)>>", "<</Type/EmbeddedFile>>",
      "<< /Names << /EmbeddedFiles 3 0 R >> >>", "<</S/J#61vaScript>>", "<</S/#4C#61unch>>", "<</Subtype/RichMedia>>",
    ] {
      XCTAssertEqual(verdict(pdf(object)), .failure(.active), object)
    }
    for object in ["<< /Type /Page >>", "(a text about JavaScript and a /Launcher)", "<</JavaScriptFree true>>"] {
      XCTAssertEqual(verdict(pdf(object)), .success(.pdf), object)
    }
  }

  func testEverythingElseIsRefused() {
    XCTAssertEqual(verdict([]), .failure(.empty))
    for text in [
      "x", "<html><script>alert(1)</script>", "PK\u{3}\u{4} a word processor's file", "GIF89a..........", " \n ",
      "x%PDF-1.7 startxref 1 %%EOF", "\u{FEFF}<html> %PDF-1.7 startxref 1 %%EOF",
    ] {
      XCTAssertEqual(verdict(Array(text.utf8)), .failure(.unknownType), text)
    }
    XCTAssertEqual(verdict([0, 0, 0, 24] + Array("ftypheic\0\0\0\0mif1heic".utf8)), .failure(.heic))
    XCTAssertEqual(verdict([0, 0, 0, 24] + Array("ftypisom\0\0\0\0mp41    ".utf8)), .failure(.unknownType))
  }

  func testEveryFileThatIsCutOffIsRefused() {
    for (whole, type) in [
      (SampleFile.jpeg(), DocumentType.jpeg), (SampleFile.png(), .png), (SampleFile.pdf(), .pdf),
    ] {
      // The last line end of a PDF may be missing; so may the checksum of a PNG's empty last chunk.
      let required = whole.count - (type == .png ? 4 : type == .pdf ? 1 : 0)
      for count in 1..<required {
        let result = verdict(Array(whole[..<count]), pieceByteCount: count)
        XCTAssertNotEqual(result, .success(type), "\(type) cut at \(count)")
      }
    }
  }

  func testPicturesWithoutASizeAreRefused() {
    XCTAssertEqual(verdict(SampleFile.png(width: 0)), .failure(.broken(.png)))
    XCTAssertEqual(verdict(SampleFile.jpeg(width: 0)), .failure(.broken(.jpeg)))
  }

  func testRandomBytesBehindAMagicNumberNeverCrashAndHardlyEverPass() {
    let random = SeededRandom(seed: testSeed())
    for beginning in [[0xFF, 0xD8, 0xFF], PNGWalker.signature, Array("%PDF-1.4".utf8)] as [[UInt8]] {
      for _ in 0..<2000 {
        let bytes = beginning + random.bytes(random.below(400))
        _ = verdict(bytes, pieceByteCount: 1 + random.below(50))
      }
    }
  }
}
