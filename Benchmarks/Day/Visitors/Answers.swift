internal import Core
internal import People

/// What a person writes into forms.
struct Answers {
  let person: Person
  let seed: UInt64

  /// Fills in an application's form: what is known of the person where it is asked for, any answer elsewhere.
  func fillIn(_ form: inout Form) throws {
    let random = SeededRandom(seed: seed)
    for question in form.questions {
      guard let known = try known(question.name, &form) else {
        try any(question, &form, random, text: "Contoh jawaban uji")
        continue
      }
      if !known.isEmpty { try form.answer(question.name, known) }
    }
  }

  /// Chooses any answers, and tells in free text who the person is and how to call: what people do write there.
  func choose(_ form: inout Form) throws {
    let random = SeededRandom(seed: seed &+ 1)
    let text = "Saya \(person.fullName), telepon \(person.telephone). Ini hanya contoh untuk uji coba."
    for question in form.questions { try any(question, &form, random, text: text) }
  }

  private func any(_ question: Form.Question, _ form: inout Form, _ random: SeededRandom, text: String) throws {
    switch question.kind {
    case .choice:
      let options = question.options.filter { !$0.isEmpty }
      guard !options.isEmpty else { return }
      try form.answer(question.name, options[random.below(options.count)])
    case .text where question.answers.allSatisfy(\.isEmpty):
      try form.answer(question.name, question.name == "kontak" ? person.telephone : text)
    case .text, .hidden, .boxes: break
    }
  }

  /// The answer to a question of the shipped services; nil for questions about anything else, empty for a date's
  /// parts, which are answered together.
  private func known(_ name: String, _ form: inout Form) throws -> String? {
    switch name {
    case "nama": return person.fullName
    case "nik": return nik
    case "tempat-lahir": return person.birthPlace
    case "jenis-kelamin": return person.sex
    case "telepon": return person.telephone
    case "surel": return person.email ?? (form.question(name)?.isRequired == true ? "uji@contoh.example" : "")
    case "alamat": return person.address
    case "paspor", "paspor-lama": return person.passportNumbers.first
    case "kewarganegaraan": return nationality
    default: return try datePart(name, &form)
    }
  }

  private func datePart(_ name: String, _ form: inout Form) throws -> String? {
    for part in ["hari", "bulan", "tahun"] where name.hasSuffix("--\(part)") {
      let date = date(String(name.dropLast(part.count + 2)))
      return String(part == "hari" ? date.day : part == "bulan" ? date.month : date.year)
    }
    return nil
  }

  private func date(_ name: String) -> CivilDate {
    if name == "tanggal-lahir" { return person.dateOfBirth }
    if case .foreigner(_, _, let expiry) = person.identity { return expiry }
    // An Indonesian's old passport: issued as an adult, and expired or soon to be.
    return CivilDate(year: 2026, month: 6, day: 1 + person.index % 28) ?? person.dateOfBirth
  }

  private var nik: String? {
    if case .citizen(let nik, _) = person.identity { return nik }
    return nil
  }

  private var nationality: String? {
    if case .foreigner(_, let state, _) = person.identity { return state }
    return nil
  }
}
