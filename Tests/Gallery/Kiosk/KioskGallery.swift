internal import Console
@testable internal import Contracts
internal import Core
@testable internal import Kiosk

/// Every kind of frame that kiosks and call displays draw, in each state and mode, as text.
enum KioskGallery {
  static let sizes = [Size(columns: 80, rows: 24), Size(columns: 40, rows: 12)]

  /// One file of frames, each below its name.
  typealias Sheet = (name: String, text: String)

  static func sheets(_ locales: Locales) throws -> [Sheet] {
    var sheets: [Sheet] = []
    for size in sizes {
      for language in [Language.indonesian, .english] {
        for isLarge in [false, true] {
          for isLong in [false, true] {
            let parts = [
              language.rawValue, "\(size.columns)x\(size.rows)", isLarge ? "large" : nil, isLong ? "long" : nil,
            ]
            let frames = try screens(size, language, isLarge: isLarge, isLong: isLong)
            sheets.append((name: parts.compactMap { $0 }.joined(separator: "-"), text: text(frames)))
          }
        }
      }
      sheets.append((name: "display-\(size.columns)x\(size.rows)", text: text(displays(size, locales))))
    }
    return sheets
  }

  /// Every page of every place, with what a visitor there sees.
  static func screens(
    _ size: Size, _ language: Language, isLarge: Bool, isLong: Bool
  ) throws -> [(name: String, frame: Frame)] {
    var frames: [(name: String, frame: Frame)] = []
    for (name, prepare) in KioskPlaces.all {
      var visitor = try KioskPlaces.visitor(size, language, isLarge: isLarge) { visitor in
        if isLong { visitor.take(.offer(longOffer)) }
        prepare(&visitor)
      }
      for page in 0..<visitor.flow.pageCount(visitor.model) {
        visitor.model.page = page
        frames.append((name: "\(name), page \(page + 1)", frame: visitor.flow.view(visitor.model)))
      }
    }
    return frames
  }

  /// What an office offers whose services have the longest names.
  static let longOffer = KioskOffer(
    services: (1...7).map { place in
      Sample.service(
        "panjang-\(place)", "Mempertanggungjawabkan ketidaksesuaian keterangan keimigrasian nomor \(place)",
        "Internationalisation of disproportionately counterintuitive documents number \(place)", .citizens)
    }, hasQueue: true, hasTracking: true, hasHelp: true)

  // MARK: Call displays

  static func displays(_ size: Size, _ locales: Locales) -> [(name: String, frame: Frame)] {
    let now = Instant(milliseconds: 1_795_399_200_000)
    let source = HallTerminal.Source(
      boards: NoBoards(), officeName: Sample.officeName, locales: locales, zone: .wib, clock: ManualClock(now))
    var frames: [(name: String, frame: Frame)] = []
    for (name, board) in boards {
      for turn in [0, 1] {
        let frame = HallFrame(board: board, source: source, now: now, turn: turn).draw(size)
        frames.append((name: "\(name), turn \(turn)", frame: frame))
      }
    }
    return frames
  }

  private static var boards: [(name: String, board: HallBoard?)] {
    let power = LocalizedText(
      [.indonesian: "Layanan dihentikan karena listrik padam.", .english: "Service has stopped: no power."])
    return [
      ("not yet connected", nil), ("nothing called", board(callCount: 0)), ("one call", board(callCount: 1)),
      ("many calls", board(callCount: 30)), ("calls, and why no number is given", board(callCount: 2, notice: power)),
      ("nothing called, and why", board(callCount: 0, notice: power)),
      ("closed", board(callCount: 0, notice: power, isClosed: true)),
    ]
  }

  private static func board(callCount: Int, notice: LocalizedText? = nil, isClosed: Bool = false) -> HallBoard {
    HallBoard(
      zone: nil, calls: (0..<callCount).map { HallBoard.Call(number: "A-0\(10 + $0)", counter: $0 + 1, calls: 1) },
      next: callCount == 0 ? [] : ["A-044", "B-003"], waiting: callCount == 0 ? 0 : 7,
      priority: LocalizedText([.indonesian: "Jalur prioritas: 2 orang menunggu", .english: "Priority line: 2 wait"]),
      notice: notice, isClosed: isClosed,
      ticker: [LocalizedText([.indonesian: "Siapkan dokumen.", .english: "Have your documents ready."])])
  }

  private static func text(_ frames: [(name: String, frame: Frame)]) -> String {
    frames.map { name, frame in
      "== \(name)\n" + (0..<frame.size.rows).map { frame.text(row: $0) + "\n" }.joined()
    }.joined(separator: "\n")
  }
}

/// The boards of a display that is handed each board to draw.
private struct NoBoards: HallBoardService {
  let office = Availability.open(counters: [1], until: nil)

  func boards(of zone: String?) -> AsyncStream<HallBoard>? { nil }
}
