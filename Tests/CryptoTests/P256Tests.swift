import CryptoHarness
import XCTest

@testable import Crypto

/// Signatures and agreements on P-256, held to NIST's vectors (CAVP).
final class P256Tests: XCTestCase {
  private let directory = "asymmetric/ECDSA/FIPS_186-3"

  func testThePointOfAPublishedNumberIsThePublishedOne() throws {
    let vectors = try PublishedFile("\(directory)/KeyPair.rsp").vectors(in: "P-256", endingWith: "Qy")
    for vector in vectors {
      let scalar = secret(vector.number("d"))
      XCTAssertEqual(try P256SigningKey(scalar: scalar).publicKey, vector.point("Qx", "Qy"))
      XCTAssertEqual(try P256AgreementKey(scalar: scalar).publicKey, vector.point("Qx", "Qy"))
    }
    XCTAssertEqual(vectors.count, 10)
  }

  func testOnlyPointsOfTheCurveArePublicKeys() throws {
    let vectors = try PublishedFile("\(directory)/PKV.rsp").vectors(in: "P-256", endingWith: "Result")
    for vector in vectors {
      let isPoint = vector["Result"]?.hasPrefix("P") ?? false
      XCTAssertEqual((try? P256VerifyingKey(vector.point("Qx", "Qy"))) != nil, isPoint, "\(vector)")
    }
    XCTAssertEqual(vectors.count, 12)
    for bytes in [[], [0], [UInt8](repeating: 4, count: 64), [UInt8](repeating: 0, count: 65)] {
      XCTAssertThrowsError(try P256VerifyingKey(bytes)) { XCTAssertEqual($0 as? CryptoFailure, .malformed) }
    }
  }

  func testPublishedSignaturesHoldAndChangedOnesDoNot() throws {
    let vectors = try PublishedFile("\(directory)/SigVer.rsp").vectors(in: "P-256,SHA-256", endingWith: "Result")
    var heldCount = 0
    for vector in vectors {
      let isRight = vector["Result"]?.hasPrefix("P") ?? false
      guard let key = try? P256VerifyingKey(vector.point("Qx", "Qy")) else {
        XCTAssertFalse(isRight)
        continue
      }
      let isSigned = try key.isSigned(vector.bytes("Msg"), by: vector.number("R") + vector.number("S"))
      XCTAssertEqual(isSigned, isRight, vector["Result"] ?? "")
      if isSigned { heldCount += 1 }
    }
    XCTAssertEqual(vectors.count, 15)
    XCTAssertGreaterThanOrEqual(heldCount, 3)
  }

  func testWhatIsSignedHereHoldsForItsMessageAloneAndForNoFlippedBit() throws {
    let library = try CryptoLibrary()
    let key = try P256SigningKey(scalar: P256.freshScalar(library))
    let verifying = try P256VerifyingKey(key.publicKey)
    let message = Array("a push message".utf8)
    let signature = try key.sign(message)
    XCTAssertEqual(signature.count, P256.signatureByteCount)
    XCTAssertTrue(try verifying.isSigned(message, by: signature))
    XCTAssertFalse(try verifying.isSigned(message + [0], by: signature))
    XCTAssertFalse(try verifying.isSigned(message, by: Array(signature.dropLast())))
    for bit in 0..<(8 * signature.count) {
      var flipped = signature
      flipped[bit / 8] ^= 1 << UInt8(bit % 8)
      XCTAssertFalse(try verifying.isSigned(message, by: flipped), "bit \(bit)")
    }
    // Many, so that numbers with zeros before them are among them.
    for count in 0..<300 {
      let message = [UInt8](repeating: 7, count: count)
      XCTAssertTrue(try verifying.isSigned(message, by: key.sign(message)), "\(count)")
    }
  }

  func testBothSidesComeToThePublishedSecret() throws {
    let vectors = try PublishedFile("asymmetric/ECDH/KASValidityTest_ECCStaticUnified_NOKC_ZZOnly_init.fax")
      .vectors(in: "EC - SHA256", endingWith: "Result")
    var (agreedCount, refusedCount) = (0, 0)
    for vector in vectors {
      guard let result = vector["Result"] else { continue }
      if result.hasPrefix("P") {
        for (scalar, point) in [
          ("dsIUT", vector.point("QsCAVSx", "QsCAVSy")), ("dsCAVS", vector.point("QsIUTx", "QsIUTy")),
        ] {
          let key = try P256AgreementKey(scalar: secret(vector.number(scalar)))
          XCTAssertEqual(bytes(try key.sharedSecret(with: point)), vector.number("Z"))
        }
        agreedCount += 1
      } else if result.contains("CAVS's Static public key") {
        let key = try P256AgreementKey(scalar: secret(vector.number("dsIUT")))
        XCTAssertThrowsError(try discard(key.sharedSecret(with: vector.point("QsCAVSx", "QsCAVSy")))) {
          XCTAssertEqual($0 as? CryptoFailure, .malformed)
        }
        refusedCount += 1
      }
    }
    XCTAssertGreaterThanOrEqual(agreedCount, 10)
    XCTAssertGreaterThanOrEqual(refusedCount, 2)
  }

  func testNumbersThatAreNoKeyAreRefused() throws {
    let order = hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")
    let numbers = [[UInt8](repeating: 0, count: 32), order, [UInt8](repeating: 255, count: 32), [1, 2, 3]]
    for number in numbers { XCTAssertThrowsError(try P256SigningKey(scalar: secret(number)), "\(number)") }
    var largest = order
    largest[31] -= 1
    XCTAssertNoThrow(try P256SigningKey(scalar: secret(largest)))
  }

  private func discard(_ secret: consuming SecretBytes) {}
}
