/// Every component of the pages, in each of its states; a test finds one that is missing.
struct Specimens {
  let voice: GalleryVoice

  var all: [Specimen] {
    [frames, entries, tables, lists, notices, office, tickets, boards, forms, fields, questions, buttons].flatMap { $0 }
  }

  func say(_ indonesian: String, _ english: String) -> String { voice.say(indonesian, english) }
}
