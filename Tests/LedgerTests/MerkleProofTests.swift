import Core
import Crypto
import CryptoHarness
import XCTest

@testable import Ledger
@testable import Vault

/// Properties of proofs over trees of random sizes.
final class MerkleProofTests: XCTestCase {
  private func tree(_ size: Int, _ hasher: TreeHasher) throws -> ModelTree {
    try ModelTree((0..<size).map { try hasher.leaf(Array("entry \($0)".utf8)) }, hasher)
  }

  /// Every hash with one bit flipped.
  private func flips(_ hash: TreeHash) -> [TreeHash] {
    (0..<256).compactMap { bit in
      var bytes = hash.bytes
      bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      return TreeHash(bytes)
    }
  }

  func testEveryEntryOfEverySmallTreeIsProvenAndNoOther() throws {
    let hasher = try TreeHasher(CryptoLibrary())
    let tree = try tree(20, hasher)
    for size in 1...20 {
      let root = try tree.root(of: 0..<size)
      for entry in 0..<size {
        let path = try tree.path(of: entry, in: 0..<size)
        for other in -1...size {
          let found = try MerkleProof.root(
            of: tree.leaves[entry], at: Int64(other), size: Int64(size), path: path, hasher)
          XCTAssertEqual(found == root, other == entry, "\(entry) as \(other) of \(size)")
        }
      }
    }
  }

  func testEverySmallTreeIsTheBeginningOfEveryLargerOneAndOfNoOther() throws {
    let hasher = try TreeHasher(CryptoLibrary())
    let tree = try tree(18, hasher)
    for size in 1...18 {
      let root = try tree.root(of: 0..<size)
      for old in 1...size {
        let (oldRoot, path) = (try tree.root(of: 0..<old), try tree.consistencyPath(from: old, to: size))
        for claimed in 1...18 {
          let holds = try MerkleProof.isConsistent(
            oldRoot, oldSize: Int64(claimed), with: root, size: Int64(size), path: path, hasher)
          XCTAssertEqual(holds, claimed == old, "\(old) as \(claimed) of \(size)")
        }
      }
    }
  }

  func testEveryFlippedBitAndEveryCutOfAnInclusionProofIsRefused() throws {
    var random = SplitMix(seed: testSeed())
    let hasher = try TreeHasher(CryptoLibrary())
    let size = Int.random(in: 40...400, using: &random)
    let (tree, entry) = (try tree(size, hasher), Int.random(in: 0..<size, using: &random))
    let (root, path) = (try tree.root(of: 0..<size), try tree.path(of: entry, in: 0..<size))
    func holds(_ leaf: TreeHash, _ path: [TreeHash], _ root: TreeHash) throws -> Bool {
      try MerkleProof.root(of: leaf, at: Int64(entry), size: Int64(size), path: path, hasher) == root
    }
    XCTAssertTrue(try holds(tree.leaves[entry], path, root))
    for flipped in flips(tree.leaves[entry]) { XCTAssertFalse(try holds(flipped, path, root)) }
    for flipped in flips(root) { XCTAssertFalse(try holds(tree.leaves[entry], path, flipped)) }
    for place in path.indices {
      for flipped in flips(path[place]) {
        var path = path
        path[place] = flipped
        XCTAssertFalse(try holds(tree.leaves[entry], path, root))
      }
    }
    XCTAssertFalse(try holds(tree.leaves[entry], path.dropLast(), root))
    XCTAssertFalse(try holds(tree.leaves[entry], path + [root], root))
    XCTAssertFalse(try holds(tree.leaves[entry], path.reversed(), root))
  }

  func testEveryFlippedBitAndEveryCutOfAConsistencyProofIsRefused() throws {
    var random = SplitMix(seed: testSeed())
    let hasher = try TreeHasher(CryptoLibrary())
    let size = Int.random(in: 40...400, using: &random)
    let (tree, old) = (try tree(size, hasher), Int.random(in: 2..<size, using: &random))
    let (oldRoot, root) = (try tree.root(of: 0..<old), try tree.root(of: 0..<size))
    let path = try tree.consistencyPath(from: old, to: size)
    func holds(_ oldRoot: TreeHash, _ root: TreeHash, _ path: [TreeHash]) throws -> Bool {
      try MerkleProof.isConsistent(
        oldRoot, oldSize: Int64(old), with: root, size: Int64(size), path: path, hasher)
    }
    XCTAssertTrue(try holds(oldRoot, root, path))
    for flipped in flips(oldRoot) { XCTAssertFalse(try holds(flipped, root, path)) }
    for flipped in flips(root) { XCTAssertFalse(try holds(oldRoot, flipped, path)) }
    for place in path.indices {
      for flipped in flips(path[place]) {
        var path = path
        path[place] = flipped
        XCTAssertFalse(try holds(oldRoot, root, path))
      }
    }
    XCTAssertFalse(try holds(oldRoot, root, path.dropLast()))
    XCTAssertFalse(try holds(oldRoot, root, path + [root]))
    XCTAssertFalse(try holds(oldRoot, root, []))
  }

  func testTheEmptyTreeIsTheBeginningOfEveryTree() throws {
    let hasher = try TreeHasher(CryptoLibrary())
    let (empty, other) = (try hasher.empty(), try hasher.leaf([1]))
    XCTAssertTrue(try MerkleProof.isConsistent(empty, oldSize: 0, with: other, size: 1, path: [], hasher))
    XCTAssertFalse(try MerkleProof.isConsistent(other, oldSize: 0, with: other, size: 1, path: [], hasher))
    XCTAssertFalse(try MerkleProof.isConsistent(empty, oldSize: 0, with: other, size: 0, path: [], hasher))
    XCTAssertFalse(try MerkleProof.isConsistent(other, oldSize: 2, with: other, size: 1, path: [], hasher))
    XCTAssertFalse(try MerkleProof.isConsistent(other, oldSize: -1, with: other, size: 1, path: [other], hasher))
  }

  /// Numbers as an enemy would choose them must be refused, not trap.
  func testExtremeNumbersAreRefused() throws {
    let hasher = try TreeHasher(CryptoLibrary())
    let hash = try hasher.leaf([1])
    for (entry, size) in [(Int64.max, Int64.max), (.max - 1, .max), (0, .max), (.min, .max), (0, .min), (0, 0)] {
      for count in [0, 1, 62, 63, 64] {
        let root = try MerkleProof.root(
          of: hash, at: entry, size: size, path: Array(repeating: hash, count: count), hasher)
        XCTAssertNotEqual(root, hash)
        XCTAssertFalse(
          try MerkleProof.isConsistent(
            hash, oldSize: entry, with: hash, size: size, path: Array(repeating: hash, count: count), hasher)
            && entry != size)
      }
    }
  }

  func testAnyTwoStretchesThatCoverABatchAreSubtrees() throws {
    var random = SplitMix(seed: testSeed())
    let hasher = try TreeHasher(CryptoLibrary())
    let tree = try tree(300, hasher)
    for _ in 0..<300 {
      let first = Int.random(in: 0..<299, using: &random)
      let batch = first..<Int.random(in: (first + 1)...300, using: &random)
      let entry = Int.random(in: batch, using: &random)
      let stretch = Ledger.stretch(around: Int64(entry), of: Int64(batch.lowerBound)..<Int64(batch.upperBound))
      let range = Int(stretch.lowerBound)..<Int(stretch.upperBound)
      XCTAssertTrue(range.contains(entry), "\(entry) of \(batch) in \(range)")
      XCTAssertLessThanOrEqual(range.upperBound, batch.upperBound)
      XCTAssertLessThan(range.count, 2 * batch.count + 1)
      // A subtree of the whole tree begins at a multiple of a power of two not smaller than its length.
      var width = 1
      while width < range.count { width *= 2 }
      XCTAssertEqual(range.lowerBound % width, 0, "\(range) of \(batch)")
      let path = try tree.path(of: entry, in: range)
      XCTAssertEqual(
        try MerkleProof.root(
          of: tree.leaves[entry], at: Int64(entry - range.lowerBound), size: Int64(range.count), path: path, hasher),
        try tree.root(of: range))
    }
  }
}
