import Core
import Synchronization

/// 1, 2, 3, ….
final class RunningNumber: Sendable {
  private let value = Mutex(0)

  func next() -> Int {
    value.withLock { value in
      value += 1
      return value
    }
  }
}

/// Gives the numbers that it is told to, and then real random ones.
final class ScriptedRandom: RandomSource {
  private let script: Mutex<[UInt64]>

  init(_ script: [UInt64]) { self.script = Mutex(script) }

  func uint64() -> UInt64 {
    script.withLock { script in script.isEmpty ? SystemRandom().uint64() : script.removeFirst() }
  }
}
