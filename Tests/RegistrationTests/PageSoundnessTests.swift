import Civil
import Contracts
import Core
import HTML
import Store
import Web
import XCTest

@testable import Registration

/// Every page of the module, in every language and state, for those who cannot see it and those on a weak line.
final class PageSoundnessTests: RegistrationPageTestCase {
  private func check(
    _ nodes: [(Face, Node)], _ context: PageContext, file: StaticString = #filePath, line: UInt = #line
  ) {
    for (face, node) in nodes {
      let page = Layout.page(title: "x", context: context, face: face, body: node)
      XCTAssertEqual(PageAudit.findings(in: page), [], file: file, line: line)
      XCTAssertFalse(page.plainText.contains("registration."), "a message is missing", file: file, line: line)
      XCTAssertLessThan(HTMLRenderer.render(page).count, Self.pageByteCountMax, file: file, line: line)
    }
  }

  private func context(_ language: Language, _ hall: Hall) throws -> PageContext {
    let locales = try TestLocales.load()
    return PageContext(
      words: locales.words(language), languages: locales.languages, csrf: "t", address: "/ajukan/paspor",
      navigation: Self.neighbours, now: hall.clock.now, zone: .wib, officeName: hall.office.name)
  }

  func testFormIsSoundEmptyWithErrorsAndWithDoubts() async throws {
    let hall = try await Hall()
    for language in [Language.indonesian, .english] {
      let context = try context(language, hall)
      for service in [OfferedService.passport, .stayPermit] {
        let page = ApplicationFormPage(form: ServiceForm(service: service), context: context)
        var wrong = FormInput([.init("nama", "1")])
        hall.sheet(service, ["nama": "1"]).remark(on: &wrong, context.words)
        XCTAssertEqual(
          wrong.errors.count, service.fields.filter { $0.isRequired && page.form.questions.contains($0) }.count)
        var odd = FormInput(prefilled: ["nik": "1808993213900001"])
        hall.sheet(service, changing: ["nik": "1808993213900001", "paspor": "L898902C36"]).remark(
          on: &odd, context.words)
        let problem = Problem(.unavailable, "registration.not-kept")
        check(
          [
            (.portal, page.node(FormInput(), submission: "k")), (.portal, page.node(wrong, submission: "k")),
            (.portal, page.node(odd, submission: "k")), (.portal, page.node(odd, submission: "k", trouble: problem)),
          ], context)
      }
    }
  }

  func testFormOfAStoppedServiceSaysWhyAndUntilWhen() async throws {
    let context = try context(.indonesian, try await Hall())
    let page = ApplicationFormPage(
      form: ServiceForm(service: .passport), context: context,
      availability: .stopped(reason: StopReason(cause: .system), resumesAt: CivilTime("10:00"), next: nil))
    let node = page.node(FormInput(), submission: "k")
    XCTAssertTrue(node.plainText.contains("Alasan: gangguan sistem. Dilanjutkan pukul 10.00 WIB."), node.plainText)
    check([(.portal, node)], context)
  }

  func testFormGroupsItsQuestionsUnderHeadings() async throws {
    let hall = try await Hall()
    let context = try context(.indonesian, hall)
    let page = ApplicationFormPage(form: ServiceForm(service: .passport), context: context)
    let node = page.node(FormInput(), submission: "k")
    let headings = node.elements("h2").map { Node.element($0).plainText }
    let expected = ["Data diri", "Kontak", "Dokumen perjalanan", "Permohonan"]
    XCTAssertEqual(headings.filter(expected.contains), expected)
    XCTAssertFalse(node.plainText.contains("Isian warga"), "an Indonesian is not asked for a nationality")
    // The mother's name stands with the request, not among the applicant's own data.
    let labels = node.elements("label").map { Node.element($0).plainText }
    let mother = try XCTUnwrap(labels.firstIndex { $0.hasPrefix("Isian ibu") })
    let passport = try XCTUnwrap(labels.firstIndex { $0.hasPrefix("Isian lama") })
    XCTAssertGreaterThan(mother, passport)
  }

  func testReceiptAndCaseAreSound() async throws {
    let hall = try await Hall()
    let applications = hall.applications()
    let outcome = try await applications.submit(
      hall.sheet(changing: ["kelamin": "L"]), for: .passport, submission: "k")
    let opened = try await hall.store.write {
      try applications.caseFile(outcome.number, for: .service, as: .officer(OfficerID(1), .clerk), in: $0)
    }
    let file = try XCTUnwrap(opened)
    XCTAssertFalse(file.findings.isEmpty)
    let fees = try await hall.store.read { try ApplicationTable.fees(of: outcome.number, in: $0) }
    for language in [Language.indonesian, .english] {
      let context = try context(language, hall)
      var input = FormInput()
      input.refuse("nomor", context.words("registration.case.unknown"))
      var nodes: [(Face, Node)] = [
        (
          .console,
          fragment {
            pageHeading("x")
            CaseLookUp(context: context).node(input)
          }
        )
      ]
      for service in [OfferedService.passport, nil] {
        let receipt = ReceiptPage(
          summary: file.summary, fees: fees, service: service, address: PublicAddress("https://antre.example.go.id"),
          takesDocuments: true,
          step: service == nil
            ? .wait
            : .comeLater(
              .over(next: NextOpening(day: CivilDate(dayNumber: 20_000), time: CivilTime(minuteOfDay: 480)))),
          context: context)
        nodes.append((.plain, receipt.node(isChangedRepeat: true)))
        nodes.append(
          (
            .console,
            CasePage(
              file: file, service: service, entries: [], agreed: [.reminders], handsOutCodes: true,
              counter: CounterReturn(FormInput([.init("loket", "2")])), context: context
            ).node
          ))
      }
      check(nodes, context)
    }
  }

  func testEveryRefusalDoubtAndFindingHasWordsInEveryLanguage() throws {
    let locales = try TestLocales.load()
    let refusals: [Refusal] = [
      .missing, .notChosen, .tooLong(max: 1), .nikNotDigits, .nikLength(found: 1), .nikImpossible, .nameHasDigits,
      .nameHasSymbols,
      .dateUnreadable, .dateInFuture, .dateTooEarly, .dateTooLate, .telephone, .email, .passportIndonesian,
      .passportForeign, .notOffered,
    ]
    let doubts: [Doubt] = [
      .nikProvince, .nikDateImpossible, .nikDateDiffers, .nikSexDiffers, .nameInPassport(Personal("Budi")), .nameLong,
      .passportNumberLong, .passportExpired,
    ]
    let findings =
      doubts.prefix(4).map(\.finding) + [
        "registration.finding.nik-elsewhere", "registration.finding.passport-elsewhere",
      ]
    for language in locales.languages {
      let words = locales.words(language)
      let said =
        refusals.map { $0.text(words, label: "Nama") } + doubts.map { $0.text(words) } + findings.map { words($0) }
      for sentence in said {
        XCTAssertFalse(sentence.contains("registration.") || sentence.contains("{"), sentence)
        XCTAssertTrue(sentence.hasSuffix("."), sentence)
      }
    }
  }
}
