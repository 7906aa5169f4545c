/// The terminals in the hall; people wait for a free one.
actor KioskRow {
  private var free: [KioskTerminal]
  private var waiting: [CheckedContinuation<KioskTerminal, Never>] = []

  init(_ terminals: [KioskTerminal]) { free = terminals }

  /// Does something at a free terminal, alone.
  func atTerminal<Value: Sendable>(_ work: @Sendable (KioskTerminal) async throws -> Value) async throws -> Value {
    let terminal = await take()
    defer { giveBack(terminal) }
    return try await work(terminal)
  }

  private func take() async -> KioskTerminal {
    if let terminal = free.popLast() { return terminal }
    return await withCheckedContinuation { waiting.append($0) }
  }

  private func giveBack(_ terminal: KioskTerminal) {
    if waiting.isEmpty { free.append(terminal) } else { waiting.removeFirst().resume(returning: terminal) }
  }
}
