import Catalogue
import Contracts
import Core
import Foundation
import HTML
import Web
import XCTest

@testable import Registration

/// The services as they are shipped make forms that people can fill in.
final class ShippedServicesTests: XCTestCase {
  private let today = CivilDate(dayNumber: 20_779)  // 22 November 2026

  private func services() async throws -> [OfferedService] {
    let root = URL(fileURLWithPath: TestLocales.directory).deletingLastPathComponent().deletingLastPathComponent()
    var registry = ServiceRegistry()
    registry.provide(ConfigurationDirectory.self, ConfigurationDirectory(path: root.path + "/etc/gapura"))
    registry.provide((any WallClock).self, ManualClock(Instant(milliseconds: 1_795_323_600_000)))
    registry.provide((any Log).self, SilentLog())
    let module = CatalogueModule(services: registry)
    try await module.start()
    module.provide(to: &registry)
    return registry.require((any CatalogueService).self).services(on: today)
  }

  func testEveryFormIsUsableAndItsPageIsSound() async throws {
    let locales = try TestLocales.load()
    let offered = try await services()
    XCTAssertFalse(offered.isEmpty)
    for service in offered {
      let form = ServiceForm(service: service)
      XCTAssertTrue(form.isUsable, service.code.rawValue)
      for language in locales.languages {
        let context = PageContext(
          words: locales.words(language), languages: locales.languages, csrf: "t", address: "/ajukan",
          now: Instant(milliseconds: 1_795_323_600_000), zone: .wib, officeName: text("Kantor", "Office"))
        let node = ApplicationFormPage(form: form, context: context).node(FormInput(), submission: "k")
        let page = Layout.page(title: "x", context: context, face: .portal, body: node)
        XCTAssertEqual(PageAudit.findings(in: page), [], service.code.rawValue)
        let byteCount = HTMLRenderer.render(page).count
        XCTAssertLessThan(byteCount, 50_000, service.code.rawValue)
      }
    }
  }

  func testSyntheticPeopleCanFillInEveryForm() async throws {
    for service in try await services() {
      let form = ServiceForm(service: service)
      let sheet = AnswerSheet(form, today: today) { name in
        form.questions.first { $0.name == name }.map { Self.answer(to: $0, service.audience) } ?? ""
      }
      XCTAssertEqual(sheet.refusals.map { "\(service.code).\($0.field.name): \($0.reason)" }, [])
    }
  }

  private static func answer(to question: FormField, _ audience: OfferedService.Audience) -> String {
    switch question.kind {
    case .fullName: "Anna Maria Eriksson"
    case .nik: "1808995708900001"
    case .birthPlace, .address, .text: "Blambangan"
    case .dateOfBirth: "1990-08-17"
    case .sex: "P"
    case .nationality: "UTO"
    case .telephone: "0812 3456 7890"
    case .email: "anna@contoh.id"
    case .passportNumber: audience == .citizens ? "X1234567" : "L898902C3"
    case .passportExpiry, .date: "2026-12-31"
    case .choice: question.choices.first?.value ?? ""
    }
  }
}
