import CryptoHarness
import XCTest

@testable import Crypto

/// Published vectors, byte for byte.
final class VectorTests: XCTestCase {
  private let library = try? CryptoLibrary()

  func testHKDFGivesTheValuesOfRFC5869() throws {
    let library = try XCTUnwrap(library)
    // Appendix A.1.
    let first = try library.derive(
      from: secret([UInt8](repeating: 0x0b, count: 22)), salt: hex("000102030405060708090a0b0c"),
      info: hex("f0f1f2f3f4f5f6f7f8f9"), byteCount: 42)
    XCTAssertEqual(
      bytes(first),
      hex("3cb25f25faacd57a90434f64d0362f2a 2d2d0a90cf1a5a4c5db02d56ecc4c5bf 34007208d5b887185865"))
    // Appendix A.2: longer inputs.
    let second = try library.derive(
      from: secret((0x00...0x4f).map { UInt8($0) }), salt: (0x60...0xaf).map { UInt8($0) },
      info: (0xb0...0xff).map { UInt8($0) }, byteCount: 82)
    XCTAssertEqual(
      bytes(second),
      hex(
        "b11e398dc80327a1c8e7f78c596a4934 4f012eda2d4efad8a050cc4c19afa97c 59045a99cac7827271cb41c65e590e09"
          + "da3275600c2f09b8367793a9aca3db71 cc30c58179ec3e87c14c01d5c1f3434f 1d87"))
    // Appendix A.3: no salt, no info.
    let third = try library.derive(from: secret([UInt8](repeating: 0x0b, count: 22)), info: [], byteCount: 42)
    XCTAssertEqual(
      bytes(third),
      hex("8da4e775a563c18f715f802a063c5a31 b8a11f5c5ee1879ec3454e5f3c738d2d 9d201395faa4b61a96c8"))
  }

  func testHMACGivesTheValuesOfRFC4231() throws {
    let library = try XCTUnwrap(library)
    let cases: [(key: [UInt8], data: [UInt8], mac: String)] = [
      (
        [UInt8](repeating: 0x0b, count: 20), Array("Hi There".utf8),
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
      ),
      (
        Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
      ),
      (
        [UInt8](repeating: 0xaa, count: 20), [UInt8](repeating: 0xdd, count: 50),
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
      ),
      (
        (0x01...0x19).map { UInt8($0) }, [UInt8](repeating: 0xcd, count: 50),
        "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
      ),
      (
        [UInt8](repeating: 0xaa, count: 131), Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
      ),
      (
        [UInt8](repeating: 0xaa, count: 131),
        Array(
          ("This is a test using a larger than block-size key and a larger than block-size data. "
            + "The key needs to be hashed before being used by the HMAC algorithm.").utf8),
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
      ),
    ]
    for (key, data, mac) in cases {
      let authentication = try AuthenticationKey(secret(key), library: library)
      XCTAssertEqual(try authentication.authenticate(data), hex(mac))
      XCTAssertEqual(try authentication.authenticate(data), hex(mac), "the template is unchanged by its first use")
    }
    let written = try AuthenticationKey(text: "Jefe", library: library)
    XCTAssertEqual(
      try written.authenticate(Array("what do ya want for nothing?".utf8)),
      hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"))
  }

  func testSHA256GivesTheValuesOfFIPS180() throws {
    let library = try XCTUnwrap(library)
    XCTAssertEqual(
      try library.sha256(Array("abc".utf8)), hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"))
    XCTAssertEqual(
      try library.sha256([]), hex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"))
  }

  func testADigesterGivesTheSameForWhatIsAtHandAndForWhatComesInPieces() throws {
    let library = try XCTUnwrap(library)
    let digester = try Digester(library)
    let message = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
    let expected = try library.sha256(message)
    var digest = [UInt8](repeating: 0, count: CryptoLibrary.digestByteCount)
    for split in [0, 1, 64, 999, 1000] {
      try digester.digest(Array(message[..<split]), Array(message[split...]), into: &digest)
      XCTAssertEqual(digest, expected)
      try digester.begin()
      for piece in [message[..<split], message[split...]] { try piece.withUnsafeBytes { try digester.take($0) } }
      XCTAssertEqual(try digester.finish(), expected)
    }
  }

  func testScryptGivesTheValuesOfRFC7914() throws {
    let cases: [(password: String, salt: String, cost: ScryptCost, hash: String)] = [
      (
        "", "", ScryptCost(logN: 4, blockSize: 1, parallelism: 1),
        "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
          + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906"
      ),
      (
        "password", "NaCl", ScryptCost(logN: 10, blockSize: 8, parallelism: 16),
        "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
          + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
      ),
      (
        "pleaseletmein", "SodiumChloride", ScryptCost(logN: 14, blockSize: 8, parallelism: 1),
        "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
          + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
      ),
    ]
    for (password, salt, cost, hash) in cases {
      XCTAssertEqual(
        try CryptoLibrary.scrypt(password, salt: Array(salt.utf8), cost: cost, byteCount: 64), hex(hash))
    }
  }

  func testTheRestOfACostIsWhatALowerOneLacks() {
    let cost = ScryptCost.standard
    XCTAssertEqual(cost, ScryptCost(logN: 15, blockSize: 8, parallelism: 3))
    XCTAssertTrue(cost.isAllowed)
    let earlier = ScryptCost(logN: 15, blockSize: 8, parallelism: 1)
    XCTAssertEqual(cost.rest(above: earlier)?.work, cost.work - earlier.work)
    XCTAssertEqual(cost.rest(above: earlier), ScryptCost(logN: 15, blockSize: 8, parallelism: 2))
    for other in [cost, ScryptCost(logN: 17, blockSize: 8, parallelism: 1)] { XCTAssertNil(cost.rest(above: other)) }
  }

  func testOpenAcceptsTheCiphertextsOfTheNISTVectors() throws {
    let library = try XCTUnwrap(library)
    // The GCM specification's test cases 13 to 16 (McGrew and Viega), as in NIST's CAVP sets for 256-bit keys.
    let long = "feffe9928665731c6d6a8f9467308308 feffe9928665731c6d6a8f9467308308"
    let plain =
      "d9313225f88406e5a55909c5aff5269a 86a7a9531534f7da2e4c303d8a318a72 1c3c0c95956809532fcf0e2449a6b525"
      + "b16aedf5aa0de657ba637b391aafd255"
    let sealed =
      "522dc1f099567d07f47f37a32a84427d 643a8cdcbfe5c0c97598a2bd2555d1aa 8cb08e48590dbb3da7b08b1056828838"
      + "c5f61e6393ba7a0abcc9f662898015ad"
    let cases: [(key: String, nonce: String, aad: String, plain: [UInt8], sealed: [UInt8], tag: String)] = [
      (
        String(repeating: "00", count: 32), String(repeating: "00", count: 12), "", [], [],
        "530f8afbc74536b9a963b4f1c4cb738b"
      ),
      (
        String(repeating: "00", count: 32), String(repeating: "00", count: 12), "", [UInt8](repeating: 0, count: 16),
        hex("cea7403d4d606b6e074ec5d3baf39d18"), "d0d1c8a799996bf0265b98b5d48ab919"
      ),
      (long, "cafebabefacedbaddecaf888", "", hex(plain), hex(sealed), "b094dac5d93471bdec1a502270e3cc6c"),
      (
        long, "cafebabefacedbaddecaf888", "feedfacedeadbeeffeedfacedeadbeefabaddad2", Array(hex(plain).prefix(60)),
        Array(hex(sealed).prefix(60)), "76fc6ece0f4e1768cddf8853bb2d551b"
      ),
    ]
    for (key, nonce, aad, plain, sealed, tag) in cases {
      let envelope = [Envelope.version] + hex(nonce) + sealed + hex(tag)
      let opened = try library.open(envelope, under: secret(hex(key)), bindingBytes: hex(aad))
      XCTAssertEqual(bytes(opened), plain)
    }
  }

  /// RFC 8032, section 7.1.
  func testEd25519GivesTheValuesOfRFC8032() throws {
    let cases: [(seed: String, publicKey: String, message: String, signature: String)] = [
      (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
      ),
      (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
      ),
      (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
      ),
      (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
      ),
    ]
    for (seed, publicKey, message, signature) in cases {
      let key = try SigningKey(seed: secret(hex(seed)))
      XCTAssertEqual(key.publicKey, hex(publicKey))
      XCTAssertEqual(try key.sign(hex(message)), hex(signature))
      let verifying = try VerifyingKey(hex(publicKey))
      XCTAssertTrue(try verifying.isSigned(hex(message), by: hex(signature)))
      XCTAssertFalse(try verifying.isSigned(hex(message) + [0], by: hex(signature)))
      for bit in 0..<(8 * 64) {
        var flipped = hex(signature)
        flipped[bit / 8] ^= 1 << UInt8(bit % 8)
        XCTAssertFalse(try verifying.isSigned(hex(message), by: flipped), "bit \(bit)")
      }
      XCTAssertFalse(try verifying.isSigned(hex(message), by: Array(hex(signature).dropLast())))
    }
    XCTAssertThrowsError(try VerifyingKey([1, 2, 3]))
  }

  /// S must be below the group's order (section 5.1.7), or a signature could be given a second form.
  func testAnEd25519SignatureWithSTooLargeIsRefused() throws {
    let key = try VerifyingKey(hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"))
    var signature = hex(
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    let order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")
    var carry = 0
    for place in 0..<32 {
      let sum = Int(signature[32 + place]) + Int(order[place]) + carry
      signature[32 + place] = UInt8(sum & 255)
      carry = sum >> 8
    }
    XCTAssertEqual(carry, 0)
    XCTAssertFalse(try key.isSigned([], by: signature))
  }
}
