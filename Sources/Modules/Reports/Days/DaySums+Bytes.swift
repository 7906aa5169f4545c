import Contracts
import Core

/// How the sums of a day are kept: numbers one after another, each part after the number of parts. A day of 300 visits takes
/// some 2 kB.
extension DaySums {
  var bytes: [UInt8] {
    var packed = PackedBytes()
    packed.append(parts.count)
    for (part, tally) in parts.sorted(by: { $0.key.order.lexicographicallyPrecedes($1.key.order) }) {
      part.write(to: &packed)
      tally.write(to: &packed)
    }
    return packed.bytes
  }

  /// Nil for bytes that are not whole, or go on.
  init?(_ bytes: [UInt8], on day: CivilDate) {
    var packed = PackedReader(bytes)
    self.init(day: day)
    for _ in 0..<packed.count() {
      guard let part = Part(from: &packed) else { return nil }
      parts[part] = Tally(from: &packed)
    }
    guard packed.isWhole else { return nil }
  }
}

extension DaySums.Part {
  /// The same parts are written in the same order, so that the same sums are the same bytes.
  fileprivate var order: [String] {
    [
      service.rawValue, counter.map(String.init) ?? "", officer?.description ?? "", channel.rawValue,
      String(isPriority), String(isSettled),
    ]
  }

  fileprivate func write(to packed: inout PackedBytes) {
    packed.append(service.rawValue)
    packed.append(counter)
    packed.append(officer.map { Int($0.rawValue) })
    packed.append(channel.rawValue)
    packed.append(isPriority ? 1 : 0)
    packed.append(isSettled ? 1 : 0)
  }

  fileprivate init?(from packed: inout PackedReader) {
    service = ServiceCode(packed.text())
    counter = packed.optionalNumber()
    officer = packed.optionalNumber().map { OfficerID(Int64($0)) }
    guard let channel = Channel(rawValue: packed.text()) else { return nil }
    self.channel = channel
    isPriority = packed.number() == 1
    isSettled = packed.number() == 1
  }
}

extension Tally {
  fileprivate func write(to packed: inout PackedBytes) {
    for figure in [finished, noShows, transfers, holds, abandoned, promises, keptPromises] { packed.append(figure) }
    packed.append(arrivalHours.count)
    for hour in arrivalHours { packed.append(hour) }
    packed.append(endedWaits.count)
    for wait in endedWaits {
      packed.append(wait.hour)
      packed.append(Int(wait.milliseconds))
    }
    packed.append(served.count)
    for time in served { packed.append(Int(time)) }
  }

  fileprivate init(from packed: inout PackedReader) {
    finished = packed.number()
    noShows = packed.number()
    transfers = packed.number()
    holds = packed.number()
    abandoned = packed.number()
    promises = packed.number()
    keptPromises = packed.number()
    for _ in 0..<packed.count() { arrivalHours.append(packed.hour()) }
    for _ in 0..<packed.count() {
      endedWaits.append(Wait(hour: packed.hour(), milliseconds: Int64(packed.number())))
    }
    for _ in 0..<packed.count() { served.append(Int64(packed.number())) }
  }
}
