import Core

/// What happens next: a binary heap; of two at the same moment the one added first.
struct EventQueue<Event> {
  private var heap: [(instant: Instant, order: Int, event: Event)] = []
  private var count = 0

  mutating func add(_ event: Event, at instant: Instant) {
    heap.append((instant, count, event))
    count += 1
    var place = heap.count - 1
    while place > 0, isBefore(place, (place - 1) / 2) {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func next() -> (Event, Instant)? {
    guard let first = heap.first else { return nil }
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var place = 0
    while true {
      let smallest = [2 * place + 1, 2 * place + 2].filter { $0 < heap.count }.min { isBefore($0, $1) }
      guard let smallest, isBefore(smallest, place) else { break }
      heap.swapAt(place, smallest)
      place = smallest
    }
    return (first.event, first.instant)
  }

  private func isBefore(_ one: Int, _ other: Int) -> Bool {
    (heap[one].instant, heap[one].order) < (heap[other].instant, heap[other].order)
  }
}
