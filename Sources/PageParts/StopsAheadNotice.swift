public import Contracts
import Core
public import HTML
public import Web

/// What a page says of stops that have not begun yet, so that people do not come in vain; nothing where there are none.
public struct StopsAheadNotice {
  private let stops: [StopAhead]
  private let context: PageContext

  /// The stops that concern the page, in the order in which they begin.
  public init(_ stops: [StopAhead], context: PageContext) {
    self.stops = stops
    self.context = context
  }

  /// The notice itself.
  @NodeBuilder public var node: Node {
    if !stops.isEmpty {
      notice(.warning, title: context.words("availability.ahead.title")) {
        ul { for stop in stops { li { stop.sentence(context.words, in: context.zone) } } }
      }
    }
  }
}
