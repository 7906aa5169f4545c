public import Console
public import Contracts
public import Core

/// The kiosk's conversation as a pure state machine: an event changes the model and names the effects
/// to perform; a view of the model is a frame.
public struct KioskFlow: Sendable {
  /// How long the question stands before the visitor is forgotten; WCAG 2.2.1 wants at least 20 s.
  static let warning = Duration.seconds(20)
  /// A service that has not answered by then is taken to be away.
  static let workMax = Duration.seconds(15)
  /// The office may open or close while no one touches the kiosk.
  static let offerMax = Duration.seconds(30)
  /// A visitor who runs through screens does not ask at each of them.
  static let offerMin = Duration.milliseconds(300)

  /// How long a notice stands on the first screen: the visitor who left can still read it, and the next does not take it for
  /// theirs.
  static let noticeMax = Duration.seconds(20)

  let locales: Locales
  let settings: KioskSettings
  let random: any RandomSource

  /// A conversation for one kiosk or several: what it remembers of a visitor stands in a `KioskModel`. `random` makes
  /// the submission that is the same for every try of one request.
  public init(locales: Locales, settings: KioskSettings, random: any RandomSource) {
    self.locales = locales
    self.settings = settings
    self.random = random
  }

  /// A fresh session and what to do first.
  ///
  /// - Parameter hall: whether the office can be had, as far as it is known: the first frame says it too.
  public func start(size: Size, at now: Instant, hall: HallAvailability? = nil) -> (KioskModel, [KioskEffect]) {
    var model = KioskModel(size: size, at: now)
    model.hall = hall
    return (model, [.wipe, .refreshOffer])
  }

  /// Takes one event. `now` is when it is taken, by the clock that `start` was given the time of.
  ///
  /// - Returns: the effects to perform, in order.
  public func update(_ model: inout KioskModel, _ event: KioskEvent, at now: Instant) -> [KioskEffect] {
    let before = model
    var effects = react(to: event, &model, at: now)
    if model.screen != before.screen {
      model.shownAt = now
      effects += asksAgain(onEntering: model.screen, after: event, &model, effects, at: now)
    } else if model.hall != before.hall, !model.screen.isResult, view(model) != view(before) {
      // A key that was on its way was meant for what stood there before; where nothing of it has changed, it is meant.
      model.shownAt = now
    }
    model.hasStood = now - model.shownAt >= settings.keys.resultMin
    // A screen may have fewer pages than before: another size, large print, fewer services.
    model.page = min(model.page, pageCount(model) - 1)
    return effects
  }

  private func react(to event: KioskEvent, _ model: inout KioskModel, at now: Instant) -> [KioskEffect] {
    switch event {
    case .key(let key, let arrived): return press(key, at: arrived, &model)
    case .scan(let scan, let arrived): return take(scan, at: arrived, &model)
    case .resize(let size):
      model.size = size
      return []
    case .tick: return tick(now, &model)
    case .result(let result, let work): return take(result, work: work, &model, at: now)
    }
  }

  /// What the visitor sees.
  public func view(_ model: KioskModel) -> Frame {
    guard ScreenLayout.isLargeEnough(model.size) else { return tooSmall(model) }
    return layout(model).frame(page: model.page)
  }

  private func tooSmall(_ model: KioskModel) -> Frame {
    var frame = Frame(model.size)
    let least = ScreenLayout.sizeMin
    let texts = languages(model).map {
      locales.words($0)("kiosk.small", ["columns": "\(least.columns)", "rows": "\(least.rows)"])
    }
    frame.write(texts.joined(separator: " / "), in: Area(model.size))
    return frame
  }

  func words(_ model: KioskModel) -> Words { locales.words(model.language) }

  func layout(_ model: KioskModel) -> ScreenLayout {
    ScreenLayout(screen(model), size: model.size, isLarge: model.isLarge)
  }

  func pageCount(_ model: KioskModel) -> Int { max(1, layout(model).pages.count) }
}

/// What the office decides about its kiosks.
public struct KioskSettings: Sendable {
  /// The zone whose clock the times on the screen follow.
  public let zone: OfficeZone
  /// The name of the office, on the first screen.
  public let officeName: LocalizedText
  /// The number that answers also while the hall is empty.
  public let telephone: String
  /// The beginning of the address of a paper, to which its code is added; nil shows no QR code.
  public let ticketAddress: String?
  /// A visitor who does nothing for so long is asked whether they are still there
  /// (EN 301 549 and WCAG 2.2.1: any key answers, as often as they like).
  public let idle: Duration
  /// How the keys of a moment ago are told from those that are meant.
  public let keys: KeyTiming
  /// How a scanner that types is told from a hand.
  public let scanner: ScannerShape

  /// Settings for all kiosks of an office; idle time, key times and the scanner's shape have usual values.
  public init(
    officeName: LocalizedText, telephone: String, zone: OfficeZone, ticketAddress: String?,
    idle: Duration = .seconds(60),
    keys: KeyTiming = KeyTiming(), scanner: ScannerShape = ScannerShape()
  ) {
    self.scanner = scanner
    self.keys = keys
    self.zone = zone
    self.officeName = officeName
    self.telephone = telephone
    self.ticketAddress = ticketAddress
    self.idle = idle
  }
}
