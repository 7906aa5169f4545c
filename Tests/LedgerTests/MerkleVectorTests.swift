import Crypto
import CryptoHarness
import XCTest

@testable import Ledger
@testable import Vault

/// The vectors of Certificate Transparency's reference implementation (RFC 6962), whose tree RFC 9162 kept.
final class MerkleVectorTests: XCTestCase {
  static let entries: [[UInt8]] = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
  ].map(hex)

  private static let roots = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]

  /// Entry, size, path.
  private static let inclusions: [(Int64, Int64, [String])] = [
    (0, 1, []),
    (
      0, 8,
      [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
      ]
    ),
    (
      5, 8,
      [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      ]
    ),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
      1, 5,
      [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      ]
    ),
  ]

  /// Old size, size, path.
  private static let consistencies: [(Int64, Int64, [String])] = [
    (1, 1, []),
    (
      1, 8,
      [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
      ]
    ),
    (
      6, 8,
      [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      ]
    ),
    (
      2, 5,
      [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      ]
    ),
  ]

  private func hasher() throws -> TreeHasher { try TreeHasher(CryptoLibrary()) }

  private func hashes(_ texts: [String]) -> [TreeHash] { texts.compactMap { TreeHash(hex($0)) } }

  func testAnEmptyTreeHasTheHashOfNothing() throws {
    XCTAssertEqual(
      try Peaks().root(hasher()).bytes, hex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"))
  }

  func testTheRootsOfGrowingTreesAreThePublishedOnes() throws {
    let hasher = try hasher()
    var peaks = Peaks()
    for (entry, root) in zip(Self.entries, Self.roots) {
      try peaks.append(hasher.leaf(entry), hasher) { _ in }
      XCTAssertEqual(try peaks.root(hasher).bytes, hex(root), "size \(peaks.size)")
    }
    XCTAssertEqual(peaks.size, 8)
  }

  func testPublishedInclusionProofsHoldAndAreTheOnesMadeHere() async throws {
    let hasher = try hasher()
    let model = try ModelTree(Self.entries.map(hasher.leaf), hasher)
    for (entry, size, path) in Self.inclusions {
      let path = hashes(path)
      let root = try MerkleProof.root(
        of: hasher.leaf(Self.entries[Int(entry)]), at: entry, size: size, path: path, hasher)
      XCTAssertEqual(root?.bytes, hex(Self.roots[Int(size) - 1]), "\(entry) of \(size)")
      XCTAssertEqual(try model.path(of: Int(entry), in: 0..<Int(size)), path)
    }
  }

  func testPublishedConsistencyProofsHoldAndAreTheOnesMadeHere() throws {
    let hasher = try hasher()
    let model = try ModelTree(Self.entries.map(hasher.leaf), hasher)
    for (oldSize, size, path) in Self.consistencies {
      let path = hashes(path)
      let roots = hashes(Self.roots)
      XCTAssertTrue(
        try MerkleProof.isConsistent(
          roots[Int(oldSize) - 1], oldSize: oldSize, with: roots[Int(size) - 1], size: size, path: path, hasher),
        "\(oldSize) to \(size)")
      XCTAssertEqual(try model.consistencyPath(from: Int(oldSize), to: Int(size)), path)
    }
  }
}

/// The tree as RFC 9162 defines it, by recursion over a list in memory: what the tables are held against.
struct ModelTree {
  let leaves: [TreeHash]
  let hasher: TreeHasher

  init(_ leaves: [TreeHash], _ hasher: TreeHasher) {
    self.leaves = leaves
    self.hasher = hasher
  }

  /// MTH (section 2.1.1).
  func root(of range: Range<Int>) throws -> TreeHash {
    if range.isEmpty { return try hasher.empty() }
    if range.count == 1 { return leaves[range.lowerBound] }
    let middle = range.lowerBound + split(range.count)
    return try hasher.node(root(of: range.lowerBound..<middle), root(of: middle..<range.upperBound))
  }

  /// PATH (section 2.1.3.1).
  func path(of entry: Int, in range: Range<Int>) throws -> [TreeHash] {
    if range.count == 1 { return [] }
    let middle = range.lowerBound + split(range.count)
    let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
    return entry < middle
      ? try path(of: entry, in: left) + [root(of: right)] : try path(of: entry, in: right) + [root(of: left)]
  }

  /// PROOF (section 2.1.4.1).
  func consistencyPath(from oldSize: Int, to size: Int) throws -> [TreeHash] {
    try subproof(oldSize, 0..<size, isWhole: true)
  }

  private func subproof(_ end: Int, _ range: Range<Int>, isWhole: Bool) throws -> [TreeHash] {
    if end == range.upperBound { return isWhole ? [] : [try root(of: range)] }
    let middle = range.lowerBound + split(range.count)
    let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
    return end <= middle
      ? try subproof(end, left, isWhole: isWhole) + [root(of: right)]
      : try subproof(end, right, isWhole: false) + [root(of: left)]
  }

  /// The largest power of two below `count`.
  private func split(_ count: Int) -> Int {
    var power = 1
    while power * 2 < count { power *= 2 }
    return power
  }
}
