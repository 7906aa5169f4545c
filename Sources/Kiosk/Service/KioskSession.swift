internal import Console
internal import Contracts
internal import Core

/// One terminal's session: bytes in, bytes and work out. It knows no socket and no service.
struct KioskSession {
  /// What has come of an event.
  struct Output {
    /// What is sent to the terminal.
    var bytes: [UInt8] = []
    /// The effects to be performed; each answer comes back with the number.
    var work: [(effect: KioskEffect, number: Int)] = []
  }

  /// Larger terminals are used in their upper left corner only; it bounds what a session holds.
  private static let sizeMax = Size(columns: 240, rows: 80)

  let name: String
  private let flow: KioskFlow
  private(set) var model: KioskModel
  private var decoder = KeyDecoder()
  private var gatherer: ScanGatherer
  private var shown: Frame?
  private(set) var palette = Palette.colour

  /// How long to wait for what may follow the last input before `flush`: a lone Escape, or a key that may be the first of a
  /// scan, is waiting; nil when nothing is.
  func wait(escape: Duration) -> Duration? { decoder.isPending ? escape : gatherer.wait }

  /// Opens a session; the output sets the terminal up and draws the first screen.
  static func open(
    _ flow: KioskFlow, name: String, size: Size, at now: Instant, hall: HallAvailability? = nil
  ) -> (KioskSession, Output) {
    let (model, effects) = flow.start(size: bounded(size), at: now, hall: hall)
    var session = KioskSession(flow: flow, name: name, model: model)
    var output = session.settle(effects)
    output.bytes = Control.begin + output.bytes
    return (session, output)
  }

  private init(flow: KioskFlow, name: String, model: KioskModel) {
    self.flow = flow
    self.name = name
    self.model = model
    gatherer = ScanGatherer(flow.settings.scanner, repeatMax: flow.settings.keys.repeatMax)
  }

  mutating func input(_ bytes: [UInt8], at now: Instant) -> Output {
    take(decoder.decode(bytes).flatMap { gatherer.take($0, at: now) }, at: now)
  }

  /// Nothing has followed the last input for as long as `wait` says.
  mutating func flush(at now: Instant) -> Output {
    let events = decoder.isPending ? decoder.flush().flatMap { gatherer.take($0, at: now) } : gatherer.flush()
    return take(events, at: now)
  }

  mutating func resize(_ size: Size, at now: Instant) -> Output {
    settle(flow.update(&model, .resize(Self.bounded(size)), at: now))
  }

  mutating func tick(_ now: Instant) -> Output { settle(flow.update(&model, .tick, at: now)) }

  mutating func take(_ result: KioskResult, number: Int, at now: Instant) -> Output {
    settle(flow.update(&model, .result(result, work: number), at: now))
  }

  private mutating func take(_ events: [KioskEvent], at now: Instant) -> Output {
    var output = Output()
    for event in events {
      let effects = flow.update(&model, event, at: now)
      // Between two keys of a burst nothing needs to be drawn, but effects keep their order.
      if !effects.isEmpty { output += settle(effects) }
    }
    output += settle([])
    return output
  }

  /// Turns effects into bytes and work, and draws what has changed.
  private mutating func settle(_ effects: [KioskEffect]) -> Output {
    var output = Output()
    for effect in effects {
      switch effect {
      case .bell: output.bytes += Control.bell
      case .wipe:
        output.bytes += Control.wipe
        shown = nil
      case .refreshOffer, .refreshHall, .takeNumber, .open, .lookUp, .checkIn, .checkInByNumber, .checkInByApplication,
        .findTicketByNumber, .findTicket, .readPaper, .callHelp:
        output.work.append((effect, model.work))
      }
    }
    // Large print is also high contrast: no colours.
    let wanted: Palette = model.isLarge ? .monochrome : .colour
    if wanted != palette { (palette, shown) = (wanted, nil) }
    let frame = flow.view(model)
    output.bytes += Renderer.update(from: shown, to: frame, palette: palette)
    shown = frame
    return output
  }

  private static func bounded(_ size: Size) -> Size {
    Size(columns: min(size.columns, sizeMax.columns), rows: min(size.rows, sizeMax.rows))
  }
}

extension KioskSession.Output {
  static func += (left: inout Self, right: Self) {
    left.bytes += right.bytes
    left.work += right.work
  }
}
