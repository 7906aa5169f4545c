import Console
import Core
import Foundation
import XCTest

@testable import Gallery
@testable import Kiosk

/// The gallery holds every kind of frame, and each is whole there.
final class KioskGalleryTests: XCTestCase {
  func testEveryPlaceOfAKioskIsInTheGallery() throws {
    let model = try String(contentsOfFile: "\(Sample.root)/Sources/Kiosk/Session/KioskModel.swift", encoding: .utf8)
    let places = try XCTUnwrap(model.firstMatch(of: /\n  public enum Screen[^\n]*\n([\s\S]*?)\n  \}/)).output.1
    let names = Set(places.matches(of: /case (\w+)/).map { String($0.output.1) })
    XCTAssertGreaterThan(names.count, 15, "the places were not found")
    var shown: Set<String> = []
    for (_, prepare) in KioskPlaces.all {
      let visitor = try KioskPlaces.visitor(
        Size(columns: 80, rows: 24), .indonesian, isLarge: false, prepare)
      shown.insert(String(String(describing: visitor.model.screen).prefix { $0.isLetter }))
    }
    XCTAssertEqual(names.subtracting(shown), [], "in no entry of KioskPlaces")
  }

  func testEverySheetOfTheGalleryIsDrawnWithItsWords() throws {
    let sheets = try KioskGallery.sheets(Sample.locales())
    XCTAssertEqual(sheets.count, Set(sheets.map(\.name)).count)
    XCTAssertEqual(sheets.count, KioskGallery.sizes.count * (2 * 2 * 2 + 1))
    for sheet in sheets {
      XCTAssertGreaterThan(sheet.text.count, 1_000, sheet.name)
      for missing in ["kiosk.", "need.", "queue.display", "{"] {
        XCTAssertFalse(sheet.text.contains(missing), "\(missing) in \(sheet.name)")
      }
    }
  }

  func testServicesWithLongNamesAppearWhole() throws {
    for size in KioskGallery.sizes {
      for isLarge in [false, true] {
        let visitor = try KioskPlaces.visitor(size, .indonesian, isLarge: isLarge) { visitor in
          visitor.take(.offer(KioskGallery.longOffer))
          visitor.model.screen = .chooseService
        }
        let pages = (0..<visitor.flow.pageCount(visitor.model)).map { page -> Frame in
          var model = visitor.model
          model.page = page
          return visitor.flow.view(model)
        }
        let reader = ScreenReader(pages, size: size)
        for item in visitor.flow.screen(visitor.model).items {
          XCTAssertTrue(reader.shows(item), "\(item) at \(size), large: \(isLarge)\n\(reader.text)")
        }
      }
    }
  }
}
