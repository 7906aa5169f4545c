internal import Core
internal import Dispatch

/// A person at a browser who can be awaited: each has a thread of their own while they wait for the
/// server, and none of the cooperative pool's, on which the server's handlers run.
public actor Visitor {
  private let executor: SerialQueueExecutor
  public nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }
  private let browser: Browser

  public init(port: UInt16, language: String = "id", timeout: Duration = .seconds(10)) {
    executor = SerialQueueExecutor(label: "client.visitor")
    browser = Browser(port: port, language: language, timeout: timeout)
  }

  /// Does several things with the browser, one after another.
  public func with<Value: Sendable>(_ work: @Sendable (Browser) throws -> Value) rethrows -> Value {
    try work(browser)
  }

  /// Asks for a page and follows redirects.
  public func visit(_ path: String) throws -> Answer { try browser.visit(path) }

  /// Asks for a page.
  public func get(_ path: String) throws -> Answer { try browser.get(path) }

  /// Sends a form's fields with the token of the last page.
  public func post(_ path: String, _ fields: [(name: String, value: String)]) throws -> Answer {
    try browser.post(path, fields: fields)
  }

  /// Presses the button of a form.
  public func submit(_ form: PageForm) throws -> Answer { try browser.submit(form) }

  /// Presses the button of a page that asks whether something may end; an answer that asks nothing is given as it is.
  public func confirm(_ asked: Answer) throws -> Answer { try browser.confirm(asked) }
}

/// Runs what blocks on a thread outside the cooperative pool; for async tests.
public func offPool<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    // A queue of its own has a thread of its own; the global queues share theirs with Swift's tasks.
    DispatchQueue(label: "client.off-pool").async { continuation.resume(with: Result { try work() }) }
  }
}
