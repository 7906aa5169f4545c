internal import Core
internal import Dispatch

#if canImport(Glibc)
  internal import Glibc
#endif

/// Signals as bytes that can be waited for together with other descriptors.
final class SignalPipe {
  /// Readable when a signal has come; each byte is its number.
  let descriptor: Int32
  private let sources: [any DispatchSourceSignal]

  /// From here on these signals do nothing but appear here.
  init(_ signals: [Int32]) {
    var ends: [Int32] = [-1, -1]
    _ = unsafe pipe(&ends)
    let (readEnd, writeEnd) = (ends[0], ends[1])
    for end in [readEnd, writeEnd] {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      UnixSocket.setNonBlocking(end)
    }
    let queue = DispatchQueue(label: "kiosk.signals")
    sources = signals.map { number in
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        var byte = UInt8(truncatingIfNeeded: number)
        _ = unsafe write(writeEnd, &byte, 1)
      }
      source.activate()
      return source
    }
    descriptor = readEnd
    // The last one to be cancelled gives the pipe back.
    sources.last?.setCancelHandler {
      UnixSocket.close(writeEnd)
      UnixSocket.close(readEnd)
    }
  }

  deinit {
    for source in sources { source.cancel() }
  }

  /// The signals that have come.
  func take() -> [Int32] {
    guard case .bytes(let bytes) = Descriptor.read(descriptor) else { return [] }
    return bytes.map { Int32($0) }
  }
}
