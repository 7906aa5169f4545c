import Contracts
import Core
import FoundationEssentials

/// What a display says aloud and writes for a call, in each language of the hall.
struct Announcement: Encodable, Equatable {
  struct Sentence: Encodable, Equatable {
    let lang: String
    /// What is heard, number words and all; a browser may say it itself.
    let say: String
    /// What is read.
    let caption: String
    /// Where the recording lies.
    let sound: String
  }

  /// The same call is said once, a repeated one again.
  let id: String
  let number: String
  let place: String
  let sentences: [Sentence]

  init(_ call: QueueSnapshot.Call, languages: [Language], locales: Locales) {
    id = "\(call.number)/\(call.counter)/\(call.calls)"
    number = call.number
    place = locales.words(.indonesian)("queue.counter", ["counter": String(call.counter)])
    sentences = languages.map { language in
      let phrase = CallPhrase(call, in: language, locales: locales)
      return Sentence(
        lang: language.rawValue, say: phrase.text,
        caption: locales.words(language)(
          "queue.display.caption", ["number": call.number, "counter": String(call.counter)]),
        sound: "/suara/\(phrase.fileName)?v=\(phrase.version)")
    }
  }

  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
