// What the thread sanitizer must say of itself before it is believed: threads add to one number, which a contended Mutex
// guards (`guarded`, nothing to report) or does not (`unguarded`, a data race). scripts/sanitize runs both.

import Foundation
import Synchronization

final class Count: @unchecked Sendable {
  let guarded = Mutex(0)
  var unguarded = 0
}

let count = Count()
let isGuarded = CommandLine.arguments.contains("guarded")
let threads = (0..<4).map { _ in
  Thread {
    for _ in 0..<2_000 {
      if isGuarded {
        // Long enough under the lock for the others to come meanwhile.
        count.guarded.withLock { value in
          value += 1
          if value % 100 == 0 { usleep(50) }
        }
      } else {
        count.unguarded += 1
      }
    }
  }
}
for thread in threads { thread.start() }
while !threads.allSatisfy(\.isFinished) { usleep(1_000) }
