// Looks for bytes for which an entry does not hold, with libFuzzer, which brings `main` (llvm.org/docs/LibFuzzer.html):
//
//     gapura-fuzz                             what entries there are
//     gapura-fuzz json5 --seeds DIRECTORY     writes the seeds, and a dictionary beside the directory
//     gapura-fuzz json5 FLAG… DIRECTORY…      runs libFuzzer
internal import ForeignBytes
internal import Foundation
internal import Synchronization

/// The entry that was asked for.
private let chosen = Mutex<(any FuzzEntry)?>(nil)

/// Called once, before the first input. Takes the entry's name out of the arguments, which are libFuzzer's otherwise.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>
) -> CInt {
  let words = CommandLine.arguments
  guard words.count > 1, let type = FuzzEntries.named(words[1]) else {
    print(FuzzEntries.all.map { $0.name }.joined(separator: "\n"))
    exit(words.count > 1 ? 64 : 0)
  }
  do {
    if words.count == 4, words[2] == "--seeds" {
      try writeSeeds(of: type, to: words[3])
      exit(0)
    }
    let entry = try type.init()
    chosen.withLock { $0 = entry }
  } catch {
    print("\(type.name) cannot begin: \(error)")
    exit(70)
  }
  unsafe arguments.pointee[1] = arguments.pointee[0]
  unsafe arguments.pointee += 1
  unsafe count.pointee -= 1
  return 0
}

/// Called with each input. A finding ends the program, as a crash would, so that libFuzzer keeps the input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: data, count: size))
  do {
    try chosen.withLock { $0 }?.check(bytes)
  } catch {
    let text = "finding: \(error)\nbytes: \(EscapedBytes.text(of: bytes))\n"
    FileHandle.standardError.write(Data(text.utf8))
    abort()
  }
  return 0
}

private func writeSeeds(of type: any FuzzEntry.Type, to directory: String) throws {
  try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
  for (number, seed) in type.seeds.enumerated() {
    try Data(seed).write(to: URL(fileURLWithPath: "\(directory)/seed-\(number)"))
  }
  for (number, finding) in FormerFindings.of(type.name).enumerated() {
    try Data(finding).write(to: URL(fileURLWithPath: "\(directory)/finding-\(number)"))
  }
  let words = type.words.map { word in "\"\(dictionaryText(word))\"\n" }.joined()
  try Data(words.utf8).write(to: URL(fileURLWithPath: "\(directory).dict"))
  try Data("\(type.byteCountMax)\n".utf8).write(to: URL(fileURLWithPath: "\(directory).max"))
}

/// A dictionary's words know `\\`, `\"` and `\xAB` only.
private func dictionaryText(_ word: String) -> String {
  word.utf8.map { byte in
    switch byte {
    case UInt8(ascii: "\\"): "\\\\"
    case UInt8(ascii: "\""): "\\\""
    case 0x20...0x7E: String(Character(Unicode.Scalar(byte)))
    default: "\\x" + String(0x100 + Int(byte), radix: 16).dropFirst()
    }
  }.joined()
}
