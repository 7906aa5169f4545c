import Client
import Contracts
import Core
import Store
import XCTest

@testable import Documents
@testable import Registration
@testable import Vault

/// Nobody fills the disk with files: an application, a network and a day have enough at some time.
final class UploadQuotaTests: RegistrationPageTestCase {
  private static let picture: [UInt8] =
    PNGWalker.signature + [0, 0, 0, 13] + Array("IHDR".utf8) + [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 1, 2, 3, 4]
    + [0, 0, 0, 3] + Array("IDATabc".utf8) + [1, 2, 3, 4, 0, 0, 0, 0] + Array("IEND".utf8) + [1, 2, 3, 4]
  /// So many small files are a megabyte: each counts for the least.
  private static let filesPerMegabyte = DocumentSize.megabyte / UploadQuota.byteCountMin

  private func hall(_ quotas: DocumentQuotas) async throws -> Hall {
    let hall = try await Hall()
    hall.documents.settings.limits = DocumentLimits(byteCountMax: 1 << 20, countPerPersonMax: 30, quotas: quotas)
    return hall
  }

  /// - Returns: where the application's first document goes.
  private func apply(_ visitor: Visitor) async throws -> String {
    let page = try await visitor.get("/ajukan/paspor")
    let form = try XCTUnwrap(page.form(to: "/ajukan/paspor"))
    let answer = try await visitor.post(form.action, sent(Typed.citizen, form))
    let receipt = try XCTUnwrap(answer.location)
    let documents = try await visitor.get("\(receipt)/dokumen")
    return try XCTUnwrap(documents.forms.map(\.action).first { $0.contains("/dokumen/") })
  }

  private func send(_ count: Int = 1, to slot: String, _ visitor: Visitor) async throws -> Answer {
    var answer = Answer(status: 0)
    for _ in 0..<count {
      answer = try await visitor.with { browser in
        _ = try browser.get(
          String(slot.prefix(upTo: try XCTUnwrap(slot.range(of: "/dokumen/")?.lowerBound))) + "/dokumen")
        return try browser.postMultipart(
          slot, [MultipartPart("berkas", fileName: "a.png", mediaType: "image/png", Self.picture)])
      }
    }
    return answer
  }

  func testOneApplicationGetsNoMoreThanItsShareADayAndMoreTheNextDay() async throws {
    let hall = try await hall(DocumentQuotas(perApplication: 1 << 20))
    let visitor = Visitor(port: try serve(hall))
    let slot = try await apply(visitor)
    let last = try await send(Self.filesPerMegabyte, to: slot, visitor)
    XCTAssertEqual(last.status, 303, last.text)
    let refused = try await send(to: slot, visitor)
    XCTAssertEqual(refused.status, 429)
    XCTAssertTrue(refused.text.contains("permohonan ini sudah mencapai batas hari ini"), refused.text)
    XCTAssertTrue(refused.text.contains("Batasnya 1 MB sehari"))
    XCTAssertTrue(refused.text.contains("error-summary"), "said beside the field")

    // Another application of the same visitor is not concerned; a restart forgets nothing.
    let other = try await apply(visitor)
    let taken = try await send(to: other, visitor)
    XCTAssertEqual(taken.status, 303)
    let again = Visitor(port: try serve(hall))
    let cookies = await visitor.with { $0.cookies }
    let still = try await again.with { browser in
      for (name, value) in cookies { browser.setCookie(name, value) }
      _ = try browser.get("/ajukan/paspor")
      return try browser.postMultipart(
        slot, [MultipartPart("berkas", fileName: "a.png", mediaType: "image/png", Self.picture)])
    }
    XCTAssertEqual(still.status, 429, still.text)

    // The proof is for a day, too: what is asked here is what the table lets through.
    hall.clock.advance(by: .hours(24))
    let day = OfficeZone.wib.date(of: hall.clock.now)
    let number = try XCTUnwrap(ApplicationNumber(String(slot.split(separator: "/")[1])))
    let quota = UploadQuota(
      of: number, from: .network([1]), on: day, hash: hall.vault, quotas: hall.documents.settings.limits.quotas)
    try await hall.store.read { try quota.requireSome(in: $0) }
    try await hall.store.write { try quota.take(1, in: $0) }
    let days = try await hall.store.read { snapshot in
      try snapshot.rows("SELECT DISTINCT day FROM registration_upload") { try $0.get(0) as CivilDate }
    }
    XCTAssertEqual(days, [day], "yesterday's sums are gone")
  }

  func testOneNetworkGetsNoMoreThanItsShareWhateverItAppliesFor() async throws {
    let hall = try await hall(DocumentQuotas(perApplication: 1 << 20, perNetwork: 2 << 20))
    let visitor = Visitor(port: try serve(hall))
    var answers: [Int] = []
    for _ in 0..<3 {
      let slot = try await apply(visitor)
      answers.append(try await send(Self.filesPerMegabyte, to: slot, visitor).status)
    }
    XCTAssertEqual(answers, [303, 303, 429])
    let senders = try await hall.store.read { snapshot in
      try snapshot.rows("SELECT sender FROM registration_upload ORDER BY sender") { try $0.get(0) as String }
    }
    XCTAssertTrue(senders.allSatisfy { !$0.contains("127.0.0.1") }, "no address is kept")
  }

  func testADayHasEnoughAtSomeTimeAndNothingIsKeptOfWhatIsTooMuch() async throws {
    let hall = try await hall(
      DocumentQuotas(perApplication: 1 << 20, perNetwork: 1 << 20, forEverybody: 2 * UploadQuota.byteCountMin))
    let visitor = Visitor(port: try serve(hall))
    let slot = try await apply(visitor)
    _ = try await send(to: slot, visitor)
    let second = try await send(to: slot, visitor)
    XCTAssertEqual(second.status, 303)
    let refused = try await send(to: slot, visitor)
    XCTAssertEqual(refused.status, 503)
    XCTAssertTrue(refused.text.contains("Hari ini kantor tidak dapat menerima berkas lagi"), refused.text)
    let number = try XCTUnwrap(ApplicationNumber(String(slot.split(separator: "/")[1])))

    // One that arrives while others use up the day: counted when it is filed, and then not kept.
    let quota = UploadQuota(
      of: number, from: .network([2]), on: OfficeZone.wib.date(of: hall.clock.now), hash: hall.vault,
      quotas: DocumentQuotas(perApplication: 200_000, perNetwork: 1 << 20, forEverybody: 1 << 20))
    do {
      try await hall.store.write { try quota.take(300_000, in: $0) }
      XCTFail("more than the application's share was taken")
    } catch let problem as Problem {
      XCTAssertEqual(problem.code, "document.quota-application")
    }
    let sum: Int? = try await hall.store.read {
      try $0.value("SELECT byte_count FROM registration_upload WHERE sender = 'everybody'")
    }
    XCTAssertEqual(sum, 2 * UploadQuota.byteCountMin)
  }
}
