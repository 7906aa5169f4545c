import Core

/// What a display says aloud for a call: Indonesian first, then English.
struct Announcement {
  /// The same call is said once, a repeated one again.
  let id: String
  let sentences: [(language: Language, text: String)]

  init(_ call: Board.Call, locales: Locales) {
    id = "\(call.number)/\(call.calls)"
    let spelled = call.number.filter { $0 != "-" }.map(String.init).joined(separator: " ")
    sentences = [Language.indonesian, .english].map { language in
      (
        language,
        locales.words(language)("queue.display.say", ["number": spelled, "counter": String(call.counter)])
      )
    }
  }

  /// `{"id": "A-012/1", "say": [{"text": "Nomor …", "lang": "id"}]}`. The words are ours and hold no quotes.
  var json: String {
    let said = sentences.map { "{\"text\":\"\($0.text)\",\"lang\":\"\($0.language)\"}" }.joined(separator: ",")
    return "{\"id\":\"\(id)\",\"say\":[\(said)]}"
  }
}
