import Contracts
import Core
import CryptoHarness
import Foundation
import XCTest

@testable import Documents

/// Where a photo was taken is gone before anything of it is sealed.
final class GPSEraserTests: XCTestCase {
  /// The file as it is kept, the same for every way in which the bytes are cut.
  private func kept(_ bytes: [UInt8], file: StaticString = #filePath, line: UInt = #line) -> [UInt8] {
    let whole = kept(bytes, pieceByteCount: max(1, bytes.count))
    for size in [1, 3, 7, 16, 17, 100] {
      XCTAssertEqual(kept(bytes, pieceByteCount: size), whole, "pieces of \(size)", file: file, line: line)
    }
    XCTAssertEqual(whole.count, bytes.count, file: file, line: line)
    return whole
  }

  private func kept(_ bytes: [UInt8], pieceByteCount size: Int) -> [UInt8] {
    var eraser = GPSEraser()
    var kept: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      kept += eraser.take(Array(bytes[start..<min(start + size, bytes.count)]))
    }
    return kept + eraser.finish()
  }

  /// Whether the file is still one that is taken.
  private func verdict(_ bytes: [UInt8]) throws -> DocumentType {
    var inspector = ContentInspector()
    try bytes.withUnsafeBytes { try inspector.take($0) }
    return try inspector.finish()
  }

  func testAJPEGLosesWhereItWasTakenAndNothingElse() throws {
    for isLittleEndian in [true, false] {
      let notes = CameraNotes(isLittleEndian: isLittleEndian)
      let photo = notes.jpeg()
      let kept = kept(photo)
      XCTAssertNotNil(photo.firstRange(of: notes.latitude))
      XCTAssertNil(kept.firstRange(of: notes.latitude), "the seconds of latitude and longitude")
      XCTAssertNil(kept.firstRange(of: Array("S\0\0\0".utf8)), "the hemisphere, which stands in the entry itself")
      XCTAssertNotNil(kept.firstRange(of: notes.orientation), "the picture would lie on its side")
      XCTAssertNotNil(kept.firstRange(of: CameraNotes.model))
      let expected = notes.jpeg(isErased: true)
      XCTAssertEqual(kept, expected)
      XCTAssertEqual(try verdict(kept), .jpeg)
      XCTAssertEqual(self.kept(kept), kept, "nor does a second time change anything")
    }
  }

  func testAPNGLosesWhereItWasTakenAndItsChecksumIsRight() throws {
    for isLittleEndian in [true, false] {
      let notes = CameraNotes(isLittleEndian: isLittleEndian)
      let kept = kept(notes.png())
      XCTAssertEqual(kept, notes.png(isErased: true))
      XCTAssertEqual(try verdict(kept), .png)
    }
  }

  /// ISO/IEC 15948 gives none; that of an empty IEND stands in every PNG there is.
  func testTheChecksumIsThatOfPNG() {
    var checksum = PNGChecksum()
    checksum.take(Array("IEND".utf8))
    XCTAssertEqual(checksum.bytes, [0xAE, 0x42, 0x60, 0x82])
  }

  func testNotesInTheCamerasOwnDirectoryAndBehindTheThumbnailAreFoundToo() {
    for directory in [CameraNotes.Directory.cameras, .thumbnails] {
      var notes = CameraNotes(isLittleEndian: true)
      notes.directory = directory
      XCTAssertNotNil(notes.jpeg().firstRange(of: notes.latitude))
      XCTAssertEqual(kept(notes.jpeg()), notes.jpeg(isErased: true), "\(directory)")
    }
  }

  func testWhatHoldsNoNotesIsNotTouched() {
    let text = CameraNotes.segment(Array("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>".utf8))
    let without = CameraNotes(isLittleEndian: true, hasGPS: false)
    for file in [
      SampleFile.pdf(), SampleFile.png(), SampleFile.jpeg(), CameraNotes.jpeg(around: text), without.jpeg(),
      without.png(), SampleFile.jpeg() + CameraNotes(isLittleEndian: true).data(), Array("GIF".utf8), [],
    ] {
      XCTAssertEqual(kept(file), file)
    }
  }

  /// What cannot be read to its end may still be read as far as where the photo was taken.
  func testNotesThatCannotBeReadAreErasedWhole() throws {
    let notes = CameraNotes(isLittleEndian: true)
    let whole = notes.data()
    var changed: [(what: String, data: [UInt8])] = []
    func change(_ what: String, _ body: (inout [UInt8]) -> Void) {
      var data = whole
      body(&data)
      changed.append((what, data))
    }
    change("no order of bytes") { $0[0] = 0x58 }
    change("another magic number") { $0[2] = 43 }
    change("the first directory outside") { $0.replaceSubrange(4..<8, with: [0xFF, 0xFF, 0xFF, 0xFF]) }
    change("no first directory") { $0.replaceSubrange(4..<8, with: [0, 0, 0, 0]) }
    change("thousands of entries") { $0.replaceSubrange(8..<10, with: [0xFF, 0xFF]) }
    change("the GPS directory outside") { $0.replaceSubrange(notes.pointer, with: [0, 0, 1, 0]) }
    change("the GPS directory on the last byte") {
      $0.replaceSubrange(notes.pointer, with: [UInt8(whole.count - 1), 0, 0, 0])
    }
    change("the GPS directory's place of another type") { $0[notes.pointer.lowerBound - 6] = 2 }
    change("a value outside") { $0.replaceSubrange(notes.place(ofEntry: 1), with: [0xF0, 0xFF, 0xFF, 0xFF]) }
    change("a value of a length beyond all") {
      let place = notes.place(ofEntry: 1)
      $0.replaceSubrange(place.lowerBound - 4..<place.lowerBound, with: [0xFF, 0xFF, 0xFF, 0xFF])
    }
    change("a value of no type") { $0[notes.place(ofEntry: 1).lowerBound - 6] = 200 }
    change("directories in a circle") { $0.replaceSubrange(notes.next, with: [8, 0, 0, 0]) }
    changed.append(("cut off", Array(whole.dropLast(30))))
    changed.append(("nothing but the order of bytes", Array(whole.prefix(2))))
    for (what, data) in changed {
      let segment = CameraNotes.segment(CameraNotes.mark + data)
      let kept = kept(CameraNotes.jpeg(around: segment))
      let zeros = [UInt8](repeating: 0, count: segment.count - 4)
      XCTAssertEqual(kept, CameraNotes.jpeg(around: Array(segment.prefix(4)) + zeros), what)
      XCTAssertEqual(try verdict(kept), .jpeg, what)
      XCTAssertEqual(self.kept(CameraNotes.png(around: data)), CameraNotes.png(around: data.map { _ in 0 }), what)
    }
  }

  func testNotesThatAreLongerThanAnyCamerasAreErasedWhole() throws {
    let data = CameraNotes(isLittleEndian: true).data()
    for (spare, isErased) in [(0, false), (1, true), (100_000, true)] {
      let long = data + [UInt8](repeating: 7, count: PNGEraser.heldByteCountMax - data.count + spare)
      let kept = kept(CameraNotes.png(around: long), pieceByteCount: 10_000)
      XCTAssertEqual(kept == CameraNotes.png(around: long.map { _ in 0 }), isErased, "\(spare)")
      XCTAssertEqual(try verdict(kept), .png)
    }
  }

  func testRandomNotesNeverCrashMoveNothingAndStayAPicture() throws {
    let random = SeededRandom(seed: testSeed())
    let data = CameraNotes(isLittleEndian: true).data()
    for _ in 0..<3000 {
      var notes = data
      for _ in 0...random.below(6) { notes[random.below(notes.count)] = UInt8(random.below(256)) }
      let photo = CameraNotes.jpeg(around: CameraNotes.segment(CameraNotes.mark + notes))
      let kept = kept(photo, pieceByteCount: 1 + random.below(60))
      XCTAssertEqual(kept.count, photo.count)
      XCTAssertEqual(try verdict(kept), .jpeg)
    }
  }

  func testAPhotoThatBreaksOffKeepsItsLengthWhereverThatIs() {
    for photo in [CameraNotes(isLittleEndian: true).jpeg(), CameraNotes(isLittleEndian: true).png()] {
      for count in photo.indices { _ = kept(Array(photo.prefix(count))) }
    }
  }

  /// Five thousand entries that all name the same bytes cost about as much as one that does: each byte is erased once.
  func testNotesThatNameTheSameBytesAgainAndAgainAreErasedInOnePass() {
    let order = Array("II*\0".utf8) + [8, 0, 0, 0]
    let image: [UInt8] = [1, 0, 0x25, 0x88, 4, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0, 0, 0, 0]
    // 64,000 bytes from the first one on.
    let entry: [UInt8] = [2, 0, 1, 0, 0, 0xFA, 0, 0, 0, 0, 0, 0]
    // In processor time, which other programs on the machine do not change.
    func cost(ofEntries count: Int) -> Double {
      let directory: [UInt8] = [UInt8(count & 255), UInt8(count >> 8)] + (0..<count).flatMap { _ in entry }
      let begun = order + image + directory
      let data = begun + [UInt8](repeating: 7, count: 64_428 - begun.count)
      let photo = CameraNotes.jpeg(around: CameraNotes.segment(CameraNotes.mark + data))
      let start = clock()
      let kept = kept(photo, pieceByteCount: 9_000)
      let spent = Double(clock() - start)
      let zeros = [UInt8](repeating: 0, count: 64_000) + Array(data.dropFirst(64_000))
      XCTAssertEqual(kept, CameraNotes.jpeg(around: CameraNotes.segment(CameraNotes.mark + zeros)), "\(count) entries")
      return spent
    }
    let (one, many) = (cost(ofEntries: 1), cost(ofEntries: 5_000))
    XCTAssertLessThan(many / max(one, 1), 100)
  }

  func testWhatIsKeptOfAPhotoIsWithoutWhereItWasTaken() async throws {
    let office = try await DocumentOffice()
    let notes = CameraNotes(isLittleEndian: false)
    for (sent, expected) in [
      (notes.jpeg(), notes.jpeg(isErased: true)), (notes.png(), notes.png(isErased: true)),
    ] {
      let summary = try await office.store(sent)
      XCTAssertEqual(summary.byteCount, sent.count)
      let read = try await office.read(summary.id)
      XCTAssertEqual(read, expected)
    }
    let whole = try await office.archive.inspect { _ in }
    XCTAssertEqual(whole.faults, [])
  }
}

/// A camera's notes as one writes them: the orientation, a model, and where it stands, each where the form wants it.
private struct CameraNotes {
  enum Directory {
    case images
    case cameras
    case thumbnails
  }

  static let mark = Array("Exif\0\0".utf8)
  static let model = Array("Contoh X1".utf8) + [0]

  let isLittleEndian: Bool
  var hasGPS = true
  /// Which directory names that of where the photo was taken.
  var directory = Directory.images

  init(isLittleEndian: Bool, hasGPS: Bool = true) {
    self.isLittleEndian = isLittleEndian
    self.hasGPS = hasGPS
  }

  /// Behind the image's directory: eight bytes, a count, three entries of twelve, and where the next one is.
  private static let cameraStart = 8 + 2 + 3 * 12 + 4
  private static let thumbnailStart = cameraStart + 2 + 2 * 12 + 4
  private static let gpsStart = thumbnailStart + 2 + 2 * 12 + 4
  private static let valueStart = gpsStart + 2 + 2 * 12 + 4
  private static let modelStart = valueStart + 24

  /// Three fractions: degrees, minutes, seconds.
  var latitude: [UInt8] { [6, 1, 12, 1, 4_321, 100].flatMap { number($0, 4) } }
  var orientation: [UInt8] { entry(0x0112, 3, 1, number(6, 2) + number(0, 2)) }
  /// Where the place of the GPS directory stands, in the image's directory.
  var pointer: Range<Int> { (8 + 2 + 2 * 12 + 8)..<(8 + 2 + 2 * 12 + 12) }
  /// Where the place of the directory after the image's stands.
  var next: Range<Int> { (Self.cameraStart - 4)..<Self.cameraStart }

  /// Where an entry of the GPS directory has its value, or the place of it.
  func place(ofEntry index: Int) -> Range<Int> {
    let start = Self.gpsStart + 2 + index * 12 + 8
    return start..<start + 4
  }

  private func number(_ value: Int, _ byteCount: Int) -> [UInt8] {
    let bytes = (0..<byteCount).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    return isLittleEndian ? bytes : bytes.reversed()
  }

  /// - Parameter value: of a short one, as it stands in the entry.
  private func entry(_ tag: Int, _ type: Int, _ count: Int, _ value: [UInt8]) -> [UInt8] {
    number(tag, 2) + number(type, 2) + number(count, 4) + value
  }

  /// Instead of an entry that is not there.
  private var spare: [UInt8] { entry(0x0131, 4, 1, number(9, 4)) }

  private func gps(in other: Directory) -> [UInt8] {
    hasGPS && directory == other ? entry(0x8825, 4, 1, number(Self.gpsStart, 4)) : spare
  }

  /// - Parameter isErased: as it must be kept.
  func data(isErased: Bool = false) -> [UInt8] {
    let isGone = isErased && hasGPS
    let order = Array((isLittleEndian ? "II" : "MM").utf8) + number(42, 2) + number(8, 4)
    let second =
      directory == .cameras
      ? entry(0x8769, 4, 1, number(Self.cameraStart, 4))
      : entry(0x0110, 2, Self.model.count, number(Self.modelStart, 4))
    let next = number(directory == .thumbnails ? Self.thumbnailStart : 0, 4)
    let image = number(3, 2) + orientation + second + gps(in: .images) + next
    let camera = number(2, 2) + gps(in: .cameras) + spare + number(0, 4)
    let thumbnail = number(2, 2) + gps(in: .thumbnails) + spare + number(0, 4)
    let hemisphere: [UInt8] = isGone ? [0, 0, 0, 0] : Array("S\0\0\0".utf8)
    let gpsDirectory =
      number(2, 2) + entry(1, 2, 2, hemisphere) + entry(2, 5, 3, number(Self.valueStart, 4)) + number(0, 4)
    let value = isGone ? [UInt8](repeating: 0, count: 24) : latitude
    return Array([order, image, camera, thumbnail, gpsDirectory, value, Self.model].joined())
  }

  func jpeg(isErased: Bool = false) -> [UInt8] {
    Self.jpeg(around: Self.segment(Self.mark + data(isErased: isErased)))
  }

  func png(isErased: Bool = false) -> [UInt8] { Self.png(around: data(isErased: isErased)) }

  /// APP1 around that content.
  static func segment(_ content: [UInt8]) -> [UInt8] {
    let length = content.count + 2
    return [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 255)] + content
  }

  /// A small photo with that segment before all others.
  static func jpeg(around segment: [UInt8]) -> [UInt8] {
    Array(SampleFile.jpeg().prefix(2)) + segment + Array(SampleFile.jpeg().dropFirst(2))
  }

  /// A small photo with those notes before its data, and their checksum.
  static func png(around notes: [UInt8]) -> [UInt8] {
    let small = SampleFile.png()
    var checksum = PNGChecksum()
    checksum.take(Array("eXIf".utf8) + notes)
    let length = (0..<4).reversed().map { UInt8(truncatingIfNeeded: notes.count >> (8 * $0)) }
    let chunk = length + Array("eXIf".utf8) + notes + checksum.bytes
    // Behind the signature and the chunk of 13 bytes that comes first.
    return Array(small.prefix(8 + 25)) + chunk + Array(small.dropFirst(8 + 25))
  }
}
