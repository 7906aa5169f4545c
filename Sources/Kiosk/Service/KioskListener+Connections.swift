internal import Console
internal import Core

extension KioskListener {
  /// Reads what a terminal has sent.
  func receive(_ id: Int) {
    guard let connection = connections[id] else { return }
    switch Descriptor.read(connection.descriptor) {
    case .nothingYet: break
    case .ended: close(connection)
    case .bytes(let bytes):
      guard !connection.isClosing else { return }
      guard connection.allowance.take(bytes.count, at: clock.now) else { return bye(.flood, to: connection) }
      take(bytes, from: connection)
    }
  }

  private func take(_ bytes: [UInt8], from connection: TerminalConnection) {
    do throws(MessageFailure) {
      for (type, payload) in try connection.reader.read(bytes) where !connection.isClosing {
        take(try TerminalMessage(type, payload), from: connection)
      }
    } catch {
      bye(.notUnderstood, to: connection)
    }
  }

  private func take(_ message: TerminalMessage, from connection: TerminalConnection) {
    switch message {
    case .hello(let version, let size, let name):
      guard connection.session == nil, connection.display == nil else { return bye(.notUnderstood, to: connection) }
      guard version == KioskProtocol.version else { return bye(.version, to: connection) }
      let (session, output) = KioskSession.open(
        flow, name: name, size: size, at: clock.now, hall: services.hallAtLastReading)
      connection.session = session
      log.info("kiosk.opened", ["kiosk.name": name, "kiosk.size": size.description])
      settle(output, of: connection)
    case .watch(let version, let size, let zone):
      guard connection.session == nil, connection.display == nil else { return bye(.notUnderstood, to: connection) }
      guard version == KioskProtocol.version else { return bye(.version, to: connection) }
      watch(zone, size: size, on: connection)
    // Nothing can be pressed at a display.
    case .input where connection.display != nil: break
    case .resize(let size) where connection.display != nil: draw(connection) { $0.resize(size) }
    case .input(let bytes):
      let now = clock.now
      guard let output = connection.session?.input(bytes, at: now) else { return bye(.notUnderstood, to: connection) }
      connection.inputCount += 1
      settle(output, of: connection)
      waitForMore(connection)
    case .resize(let size):
      guard let output = connection.session?.resize(size, at: clock.now) else {
        return bye(.notUnderstood, to: connection)
      }
      settle(output, of: connection)
    }
  }

  /// Time goes by for every session; those who kept a deadline waiting are let go.
  func tick() {
    let now = clock.now
    for connection in Array(connections.values) {
      if connection.isStalled(at: now, limits: limits) {
        log.notice("kiosk.stalled", ["kiosk.name": connection.session?.name ?? ""])
        close(connection)
      } else if connection.isClosing {
        // A terminal that does not close its side after `bye` gets a moment to read it, not more.
        connection.closingTickCount += 1
        if connection.closingTickCount > 1 { close(connection) }
      } else if let output = connection.session?.tick(now) {
        settle(output, of: connection)
      } else if connection.display != nil {
        draw(connection) { $0.tick() }
      } else if now - connection.openedAt >= limits.helloMax {
        bye(.late, to: connection)
      }
    }
  }

  /// Sends what a session drew, and has its work done.
  private func settle(_ output: KioskSession.Output, of connection: TerminalConnection) {
    send(DaemonMessage.output(output.bytes).bytes, to: connection)
    guard let name = connection.session?.name else { return }
    for (effect, number) in output.work { perform(effect, number, for: connection, named: name) }
  }

  private func perform(_ effect: KioskEffect, _ number: Int, for connection: TerminalConnection, named name: String) {
    let id = connection.id
    // Known at once, so that a visitor who types fast finds the menu complete; whether the hall is open follows.
    if effect == .refreshOffer { deliver(.offer(services.offer()), number: number, to: id) }
    Task { [services] in
      guard let result = await services.perform(effect, at: name) else { return }
      self.deliver(result, number: number, to: id)
    }
  }

  private func deliver(_ result: KioskResult, number: Int, to id: Int) {
    guard let connection = connections[id],
      let output = connection.session?.take(result, number: number, at: clock.now)
    else { return }
    settle(output, of: connection)
  }

  private func waitForMore(_ connection: TerminalConnection) {
    guard let wait = connection.session?.wait(escape: limits.escapeWait) else { return }
    let (id, count) = (connection.id, connection.inputCount)
    after(wait) { listener in
      // What came while the daemon was busy has followed, too.
      listener.receive(id)
      guard let connection = listener.connections[id], connection.inputCount == count,
        let output = connection.session?.flush(at: listener.clock.now)
      else { return }
      listener.settle(output, of: connection)
      listener.waitForMore(connection)
    }
  }

  func send(_ bytes: [UInt8], to connection: TerminalConnection) {
    let id = connection.id
    let isThere = connection.send(bytes, at: clock.now) { [weak self] in self?.assumeIsolated { $0.resume(id) } }
    if !isThere || connection.isStalled(at: clock.now, limits: limits) { close(connection) }
  }

  private func resume(_ id: Int) {
    guard let connection = connections[id] else { return }
    let isThere = connection.flush(at: clock.now) { [weak self] in self?.assumeIsolated { $0.resume(id) } }
    if !isThere { return close(connection) }
    if connection.isClosing && !connection.hasUnread { UnixSocket.endSending(connection.descriptor) }
  }

  /// Says why in plain words, in every language, and closes when that has been sent.
  func bye(_ reason: ByeReason, to connection: TerminalConnection) {
    let key = MessageKey("kiosk.bye", named: reason.name)
    let words = flow.locales.languages.map { flow.locales.words($0)(key) }.joined(separator: " / ")
    log.notice("kiosk.bye", ["kiosk.name": connection.session?.name ?? "", "kiosk.reason": reason.name])
    connection.beginClosing()
    send(DaemonMessage.bye(reason, words: words).bytes, to: connection)
    if !connection.hasUnread { UnixSocket.endSending(connection.descriptor) }
  }

  func close(_ connection: TerminalConnection) {
    connections[connection.id] = nil
    connection.cancel()
  }
}
