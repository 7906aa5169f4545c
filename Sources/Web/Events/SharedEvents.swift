public import HTML

/// Events that are put into bytes once and sent to many readers.
public struct SharedEvents: Sendable, Equatable {
  let bytes: [UInt8]

  /// Puts events into bytes, one after another.
  public init(_ events: [ServerEvent]) { bytes = events.flatMap(\.bytes) }

  /// How many bytes go to each reader.
  public var byteCount: Int { bytes.count }
}

extension ServerEvent {
  /// An event that brings the inside of a live part that is pushed: a page's script puts it in place.
  public static func content(_ node: Node, id: String?) -> ServerEvent {
    ServerEvent(id: id, name: "isi", data: String(decoding: HTMLRenderer.render(node), as: UTF8.self))
  }
}
