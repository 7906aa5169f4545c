/// Reads server-sent events from a connection of its own. Blocking.
public final class EventReader {
  /// One event.
  public struct Event: Sendable, Equatable {
    public let id: String?
    public let name: String?
    public let data: String

    public init(id: String?, name: String?, data: String) {
      self.id = id
      self.name = name
      self.data = data
    }
  }

  public let connection: Connection
  /// The answer's status and header fields.
  public let head: Answer
  /// Comments that came so far: heartbeats.
  public private(set) var commentCount = 0
  private var text: [UInt8] = []
  private var hasEnded = false

  /// - Throws: what the connection throws; look at `head.status` for a refusal.
  init(_ connection: Connection) throws {
    self.connection = connection
    head = try connection.readHead()
  }

  /// The next event; nil when the stream has ended.
  ///
  /// - Throws: `Connection.Failure.timedOut` when none came in time.
  public func next() throws -> Event? {
    while let block = try nextBlock() {
      let lines = String(decoding: block, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      if let event = event(of: lines) { return event }
    }
    return nil
  }

  /// Reads on until an event tells what is waited for: others may come before it, on a busy machine more of them.
  ///
  /// - Returns: that event; nil when the stream has ended without it.
  public func first(where holds: (Event) -> Bool) throws -> Event? {
    while let event = try next() {
      if holds(event) { return event }
    }
    return nil
  }

  /// Waits for a heartbeat.
  public func waitForComment() throws {
    let before = commentCount
    while commentCount == before, let block = try nextBlock() {
      _ = event(of: String(decoding: block, as: UTF8.self).split(separator: "\n"))
    }
  }

  public func close() { connection.close() }

  private func nextBlock() throws -> ArraySlice<UInt8>? {
    while true {
      let newline = UInt8(ascii: "\n")
      if let end = text.indices.dropLast().first(where: { text[$0] == newline && text[$0 + 1] == newline }) {
        let block = text[..<end]
        text.removeFirst(end + 2)
        return block
      }
      if hasEnded { return nil }
      // Proxies send in chunks what comes to them without.
      let isChunked = head.header("transfer-encoding") == "chunked"
      let chunk = try isChunked ? connection.readChunk() : connection.readSome()
      if chunk.isEmpty { hasEnded = true }
      text += chunk
    }
  }

  private func event(of lines: [Substring]) -> Event? {
    var id: String?
    var name: String?
    var data: [String] = []
    for line in lines {
      if line.hasPrefix(":") { commentCount += 1 }
      let sides = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let value = sides.count > 1 ? String(sides[1].hasPrefix(" ") ? sides[1].dropFirst() : sides[1]) : ""
      switch sides.first {
      case "id": id = value
      case "event": name = value
      case "data": data.append(value)
      default: break
      }
    }
    return data.isEmpty ? nil : Event(id: id, name: name, data: data.joined(separator: "\n"))
  }
}
