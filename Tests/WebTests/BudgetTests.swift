import Core
import XCTest

@testable import Web

/// Who gets what there is: decided without a socket.
final class BudgetTests: XCTestCase {
  /// Something with an identity.
  private final class Thing {}

  /// Keeps what was named, so that no two have one name.
  private var things: [Thing] = []

  private func name() -> ObjectIdentifier {
    things.append(Thing())
    return ObjectIdentifier(things[things.count - 1])
  }

  private let start = ContinuousClock.now
  private func at(_ seconds: Int) -> ContinuousClock.Instant { start + .seconds(seconds) }

  private func address(_ text: String) throws -> RemoteAddress { try XCTUnwrap(RemoteAddress(text)) }

  // MARK: Connections

  private func connections(countMax: Int = 8, perPeerMax: Int = 3, proxies: [String] = []) throws -> ConnectionBudget {
    ConnectionBudget(
      countMax: countMax, perPeerMax: perPeerMax, idleMax: .seconds(30), proxies: try proxies.map(address))
  }

  func testPeerAtItsShareLosesItsOldestIdleConnectionToItsNextOne() throws {
    var budget = try connections()
    let peer = try address("192.0.2.1")
    let names = (0..<3).map { _ in name() }
    for (second, name) in names.enumerated() { budget.open(name, of: peer, at: at(second)) }
    budget.begin(names[0])
    XCTAssertEqual(budget.decide(on: peer), .admitted(closing: [names[1]]))
    XCTAssertEqual(budget.decide(on: try address("192.0.2.2")), .admitted(closing: []))
  }

  func testConnectionsCountFromWhenTheyAreLetInThoughNoLoopHasBegunWithThem() throws {
    var budget = try connections()
    let (peer, first) = (try address("192.0.2.1"), name())
    for socket: Int32 in 5...7 { XCTAssertEqual(budget.decide(on: peer, socket: socket), .admitted(closing: [])) }
    XCTAssertEqual(budget.decide(on: peer, socket: 8), .refused, "its share, and none of it is idle yet")
    XCTAssertEqual(budget.decide(on: try address("192.0.2.2"), socket: 8), .admitted(closing: []))
    budget.open(first, of: peer, socket: 5, at: start)
    XCTAssertEqual(budget.decide(on: peer, socket: 9), .admitted(closing: [first]), "counted once, before and after")
  }

  func testFullPoolCountsThoseThatNoLoopHasBegunWith() throws {
    var budget = try connections(perPeerMax: 6)
    for socket: Int32 in 1...8 {
      let peer = try address("192.0.2.\(socket)")
      XCTAssertEqual(budget.decide(on: peer, socket: socket), .admitted(closing: []))
    }
    XCTAssertEqual(budget.decide(on: try address("192.0.2.9"), socket: 9), .refused)
  }

  func testConnectionThatNeverBeginsCountsUntilItsDescriptorIsAnothers() throws {
    var budget = try connections()
    let (peer, other) = (try address("192.0.2.1"), try address("192.0.2.2"))
    for socket: Int32 in 5...7 { XCTAssertEqual(budget.decide(on: peer, socket: socket), .admitted(closing: [])) }
    XCTAssertEqual(budget.decide(on: other, socket: 5), .admitted(closing: []))
    XCTAssertEqual(budget.decide(on: peer, socket: 8), .admitted(closing: []))
    XCTAssertEqual(budget.decide(on: peer, socket: 9), .refused)
    budget.forget(expected: 8)
    XCTAssertEqual(budget.decide(on: peer, socket: 9), .admitted(closing: []))
  }

  func testPeerWhoseConnectionsAreAllAtWorkIsRefusedAndOthersAreNot() throws {
    var budget = try connections()
    let peer = try address("192.0.2.1")
    for _ in 0..<3 {
      let name = name()
      budget.open(name, of: peer, at: start)
      budget.begin(name)
    }
    XCTAssertEqual(budget.decide(on: peer), .refused)
    XCTAssertEqual(budget.decide(on: try address("192.0.2.2")), .admitted(closing: []))
  }

  func testNetworkOfAnIPv6AddressIsOnePeer() throws {
    var budget = try connections()
    for number in 1...3 {
      let name = name()
      budget.open(name, of: try address("2001:db8::\(number)"), at: start)
      budget.begin(name)
    }
    XCTAssertEqual(budget.decide(on: try address("2001:db8::99")), .refused)
  }

  func testFullPoolMakesRoomByIdleConnectionsOfThePeerThatHasMost() throws {
    var budget = try connections(perPeerMax: 6)
    let (most, few) = (try address("192.0.2.1"), try address("192.0.2.2"))
    let early = name()
    budget.open(early, of: few, at: start)
    let names = (1..<8).map { _ in name() }
    for (second, name) in names.enumerated() { budget.open(name, of: most, at: at(second + 1)) }
    XCTAssertEqual(budget.decide(on: few), .admitted(closing: [names[0]]))
  }

  func testProxyMayFillThePoolAndIdleConnectionsOfItsMakeRoom() throws {
    var budget = try connections(proxies: ["127.0.0.1"])
    let proxy = try address("127.0.0.1")
    let names = (0..<8).map { _ in name() }
    for (second, name) in names.enumerated() {
      XCTAssertEqual(budget.decide(on: proxy), .admitted(closing: []))
      budget.open(name, of: proxy, at: at(second))
    }
    XCTAssertEqual(budget.decide(on: proxy), .admitted(closing: [names[0]]))
    for name in names { budget.begin(name) }
    budget.open(name(), of: proxy, at: at(9))
    XCTAssertEqual(budget.begunCount, 8)
  }

  func testNeighbourOfAProxyIsNoProxy() throws {
    var budget = try connections(proxies: ["2001:db8::7"])
    for _ in 0..<3 {
      let name = name()
      budget.open(name, of: try address("2001:db8::7"), at: start)
      budget.begin(name)
    }
    XCTAssertEqual(budget.decide(on: try address("2001:db8::8")), .refused)
    XCTAssertEqual(budget.decide(on: try address("2001:db8::7")), .admitted(closing: []))
  }

  func testIdleConnectionsAreClosedSoonerTheFullerThePoolIs() throws {
    var budget = try connections(countMax: 10, perPeerMax: 10)
    let peer = try address("192.0.2.1")
    let names = (0..<10).map { _ in name() }
    for name in names[..<5] { budget.open(name, of: peer, at: start) }
    XCTAssertEqual(budget.overdue(at: at(29)), [], "half full: their whole time")
    for name in names[5...] { budget.open(name, of: peer, at: at(20)) }
    XCTAssertEqual(Set(budget.overdue(at: at(20))), Set(names[..<5]), "full: a tenth of it")
    XCTAssertEqual(budget.begunCount, 5)
    budget.close(names[0])
    XCTAssertEqual(budget.begunCount, 5, "what was given up is counted once")
  }

  // MARK: Streams

  func testClientAtItsShareLosesItsOldestStreamToItsNextOneAfterASafeTime() throws {
    var budget = StreamBudget(countMax: 10, perClientMax: 2)
    let client = try address("192.0.2.1")
    let names = (0..<3).map { _ in name() }
    XCTAssertEqual(budget.open(names[0], of: client, at: start), .admitted(ending: nil))
    XCTAssertEqual(budget.open(names[1], of: client, at: start), .admitted(ending: nil))
    XCTAssertEqual(budget.open(names[2], of: client, at: at(9)), .refused)
    XCTAssertEqual(budget.open(names[2], of: client, at: at(10)), .admitted(ending: names[0]))
    XCTAssertEqual(budget.count, 2)
  }

  func testFullPoolEndsTheOldestStreamOfTheClientThatHasMost() throws {
    var budget = StreamBudget(countMax: 5, perClientMax: 4)
    let (most, few) = (try address("192.0.2.1"), try address("192.0.2.2"))
    XCTAssertEqual(budget.open(name(), of: few, at: start), .admitted(ending: nil))
    let names = (0..<4).map { _ in name() }
    for name in names { XCTAssertEqual(budget.open(name, of: most, at: at(1)), .admitted(ending: nil)) }
    XCTAssertEqual(budget.open(name(), of: few, at: at(30)), .admitted(ending: names[0]))
    budget.close(names[1])
    XCTAssertEqual(budget.count, 4)
    XCTAssertEqual(budget.open(name(), of: try address("192.0.2.3"), at: at(31)), .admitted(ending: nil))
  }

  // MARK: Requests

  func testClientWithManyRequestsKeepsAnotherOneWaitingForNone() async throws {
    let gate = ClientGate(ClientGate.Share(countMax: 8, perClientMax: 2, waitingPerClientMax: 50))
    let turnstile = Turnstile()
    let (flooder, other) = (try address("192.0.2.1"), try address("192.0.2.2"))
    let requests = (0..<52).map { _ in Task { await gate.pass(flooder) { await turnstile.pass() } } }
    await turnstile.arrivals(2)
    while !gate.isFull(for: flooder) { await Task.yield() }
    let answer = await gate.pass(other) { "answered" }
    XCTAssertEqual(answer, "answered")
    XCTAssertFalse(gate.isFull(for: other))
    turnstile.open()
    for request in requests { await request.value }
    await turnstile.arrivals(52)
    XCTAssertFalse(gate.isFull(for: flooder))
  }

  // MARK: Descriptors

  func testListenersShareTheDescriptorsThatThereAre() {
    XCTAssertEqual(Descriptors.fitted([4096, 1024], into: 65_536), [4096, 1024])
    XCTAssertEqual(Descriptors.fitted([4096, 1024], into: 1024), [614, 153])
    XCTAssertEqual(Descriptors.fitted([4096, 1024], into: 100), [64, 64], "fewer would serve nobody")
  }

  func testSmallerPoolKeepsTheProportions() {
    let limits = WebLimits().shrunk(to: 1024)
    XCTAssertEqual(limits.connectionCountMax, 1024)
    XCTAssertEqual(limits.connectionsPerAddressMax, 300)
    XCTAssertEqual(limits.streamCountMax, 768)
    XCTAssertEqual(limits.streamsPerClientMax, 250)
    XCTAssertEqual(WebLimits().shrunk(to: 10_000), WebLimits())
  }
}

extension ConnectionBudget {
  /// Of connections that come one after another: each has the descriptor that the one before it had.
  fileprivate mutating func decide(on peer: RemoteAddress) -> Decision { decide(on: peer, socket: 4) }
  fileprivate mutating func open(_ name: Name, of peer: RemoteAddress, at now: Moment) {
    open(name, of: peer, socket: 4, at: now)
  }
}
