import Contracts
import Core

/// What is said for a call in one language: "Nomor A, nol satu dua, silakan ke loket tiga."
struct CallPhrase: Sendable, Hashable {
  let language: Language
  let number: String
  let counter: Int
  /// The sentence, in words only.
  let text: String

  init(_ call: QueueSnapshot.Call, in language: Language, locales: Locales) {
    self.language = language
    number = call.number
    counter = call.counter
    let words = locales.words(language)
    let spoken = NumberWords(words)
    text = words(
      "queue.display.say", ["number": spoken.spelled(call.number), "counter": spoken.cardinal(call.counter)])
  }

  /// `id-A-012-3.wav`: names the phrase in an address.
  var fileName: String { "\(language)-\(number)-\(counter).wav" }

  /// Changes with the sentence, so that a recording may be kept for ever.
  var version: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in "\(Speaker.settings) \(language) \(text)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return String(hash, radix: 16)
  }
}
