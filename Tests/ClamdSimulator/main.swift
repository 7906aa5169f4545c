import Glibc

// Speaks clamd's INSTREAM at a Unix socket or a port of the loopback, one connection after another on threads of their
// own. What it answers depends on what the document holds.

let arguments = CommandLine.arguments
guard arguments.count == 3, let limit = Int(arguments[2]) else {
  print("usage: ClamdSimulator SOCKET-PATH|0 STREAM-BYTE-COUNT-MAX")
  exit(EX_USAGE)
}

func readExactly(_ socket: Int32, _ count: Int) -> [UInt8]? {
  var bytes = [UInt8](repeating: 0, count: count)
  var filled = 0
  while filled < count {
    let got = unsafe bytes.withUnsafeMutableBytes {
      unsafe recv(socket, $0.baseAddress.map { unsafe $0 + filled }, count - filled, 0)
    }
    guard got > 0 else { return nil }
    filled += got
  }
  return bytes
}

func say(_ socket: Int32, _ text: String) {
  let bytes = Array(text.utf8) + [0]
  _ = unsafe send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL))
}

func holds(_ bytes: [UInt8], _ word: String) -> Bool { bytes.firstRange(of: Array(word.utf8)) != nil }

func serve(_ socket: Int32, limit: Int) {
  defer { close(socket) }
  guard readExactly(socket, 10) == Array("zINSTREAM\0".utf8) else { return say(socket, "UNKNOWN COMMAND") }
  var document: [UInt8] = []
  while true {
    guard let head = readExactly(socket, 4) else { return }
    let count = head.reduce(0) { $0 << 8 | Int($1) }
    if count == 0 { break }
    guard let piece = readExactly(socket, count) else { return }
    document += piece
    if document.count > limit { return say(socket, "INSTREAM size limit exceeded. ERROR") }
    if holds(piece, "SIMULATE-HANG-UP") { return }
  }
  if holds(document, "SIMULATE-SILENCE") {
    _ = readExactly(socket, 1)
    return
  }
  if holds(document, "SIMULATE-ERROR") { return say(socket, "stream: Can't allocate memory ERROR") }
  say(socket, holds(document, "SIMULATE-VIRUS") ? "stream: Simulated.Virus-1 FOUND" : "stream: OK")
}

let isLocal = arguments[1] != "0"
let listener = socket(isLocal ? AF_UNIX : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
if isLocal {
  var address = sockaddr_un()
  address.sun_family = sa_family_t(AF_UNIX)
  unsafe withUnsafeMutableBytes(of: &address.sun_path) {
    unsafe $0.copyBytes(from: Array(arguments[1].utf8).prefix(107))
  }
  unsafe withUnsafePointer(to: &address) {
    unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      _ = unsafe bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
    }
  }
} else {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  unsafe withUnsafePointer(to: &address) {
    unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      _ = unsafe bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
    }
  }
}
guard listen(listener, 16) == 0 else { exit(EX_OSERR) }
var place = sockaddr_in()
var size = socklen_t(MemoryLayout<sockaddr_in>.size)
if !isLocal {
  unsafe withUnsafeMutablePointer(to: &place) {
    unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = unsafe getsockname(listener, $0, &size) }
  }
}
let ready = Array("ready \(UInt16(bigEndian: place.sin_port))\n".utf8)
_ = unsafe write(STDOUT_FILENO, ready, ready.count)
while true {
  let socket = accept(listener, nil, nil)
  guard socket >= 0 else { continue }
  let byteCountMax = limit
  let thread = CheckThread { serve(socket, limit: byteCountMax) }
  thread.start()
}

/// A thread that runs a closure once.
final class CheckThread {
  private let body: () -> Void
  init(_ body: @escaping () -> Void) { self.body = body }

  func start() {
    var thread = pthread_t()
    let context = unsafe Unmanaged.passRetained(self).toOpaque()
    unsafe pthread_create(
      &thread, nil,
      { context in
        if let context = unsafe context {
          unsafe Unmanaged<CheckThread>.fromOpaque(context).takeRetainedValue().body()
        }
        return nil
      }, context)
    pthread_detach(thread)
  }
}
