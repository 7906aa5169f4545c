internal import Core
internal import HTML
internal import Web

/// What is asked: whole forms, each kind of field, and the questions that several pages share.
extension Specimens {
  var forms: [Specimen] {
    [
      Specimen("formNode", "fresh", alone: true) { form(FormInput()) },
      Specimen("formNode", "refused", alone: true) { form(refused) },
      Specimen("formNode", "with a warning", alone: true) { form(doubted) },
      Specimen("formNode", "that takes something away", alone: true) {
        formNode(
          voice.context(), to: "/galeri", submission: "k-1", fields: [], submitLabel: say("Batalkan", "Cancel it"),
          style: .danger, cancel: (say("Kembali", "Back"), "/galeri"))
      },
      Specimen("errorSummary", "above fields that are laid out by hand", alone: true) {
        errorSummary(refused, [name, number], voice.words)
        for field in [name, number] { field.node(refused, voice.words) }
      },
      Specimen("hiddenFields", "in a form that is laid out by hand", alone: true) {
        HTML.form(.method(.post), .action("/galeri"), .class("form")) {
          hiddenFields(voice.context(), submission: "k-1")
          button(.button(.submit), .class("button primary")) { say("Kirim", "Send") }
        }
      },
    ]
  }

  private func form(_ input: FormInput, fields: [Field]? = nil) -> Node {
    formNode(
      voice.context(), to: "/galeri", submission: "k-1", fields: fields ?? [name, number, kind, agreed], input: input,
      submitLabel: say("Simpan dan lanjutkan", "Save and go on"), cancel: (say("Kembali", "Back"), "/galeri"))
  }

  private var refused: FormInput {
    var input = FormInput([.init("nama", "Budi <b>Santoso</b>"), .init("nik", "31740123059x")])
    [name, number, kind, agreed].check(&input, voice.words)
    return input
  }

  private var doubted: FormInput {
    var input = FormInput([
      .init("nama", "Budi 2"), .init("nik", "3174012305900001"), .init("jenis", "biasa"), .init("setuju", "ya"),
    ])
    input.warn("nama", say("Nama biasanya hanya huruf. Benar begini?", "Names are letters only. Is this right?"))
    return input
  }

  private var name: Field { .text("nama", label: say("Nama lengkap", "Full name"), hint: sentence, kind: .name) }
  private var number: Field { .text("nik", label: "NIK", hint: sentence, kind: .numeric(digits: 16)) }
  private var kind: Field { .choice("jenis", label: say("Jenis paspor", "Kind of passport"), options: options) }
  private var agreed: Field { .checkbox("setuju", label: say("Data ini benar.", "This is true.")) }

  private var options: [Field.Option] {
    [
      Field.Option("elektronik", say("Paspor elektronik", "E-passport"), hint: "Rp650.000"),
      Field.Option("biasa", say("Paspor biasa", "Ordinary passport")),
    ]
  }

  private var grades: [Field.Option] {
    [
      Field.Option("1", say("Tidak baik", "Poor")), Field.Option("2", say("Kurang baik", "Fair")),
      Field.Option("3", say("Baik", "Good")), Field.Option("4", say("Sangat baik", "Very good")),
    ]
  }

  var fields: [Specimen] {
    let states: [(component: String, state: String, fields: [Field])] = [
      ("Field.text", "of each kind", textFields),
      ("Field.choice", "below each other and side by side", [kind, graded]),
      ("Field.select", "of many", [.select("kota", label: say("Tempat lahir", "Place of birth"), options: options)]),
      (
        "Field.checkboxes", "of several",
        [.checkboxes("bantuan", label: say("Bantuan", "Help"), hint: sentence, options: options)]
      ),
      ("Field.checkbox", "one", [agreed]),
      ("Field.file", "one", [file]),
      ("Field.hidden", "beside one that is seen", [.hidden("asal", "galeri"), name]),
      (
        "Field.heading", "between fields", [name, .heading(say("Alamat", "Address"), hint: sentence), number]
      ),
    ]
    return states.flatMap { component, state, fields in
      [
        Specimen(component, state, alone: true) { form(FormInput(), fields: fields) },
        Specimen(component, "\(state), left empty", alone: true) { form(leftEmpty(fields), fields: fields) },
      ]
    }
  }

  private func leftEmpty(_ fields: [Field]) -> FormInput {
    var input = FormInput()
    fields.check(&input, voice.words)
    return input
  }

  private var graded: Field {
    .choice("nilai", label: say("Kecepatan", "Speed"), options: grades, arranged: .inline)
  }

  private var file: Field {
    .file("ktp", label: say("Foto KTP", "Photo of your card"), hint: sentence, accept: "image/jpeg,application/pdf")
  }

  private var textFields: [Field] {
    let kinds: [TextKind] = [
      .plain, .short(8), .name, .numeric(digits: 3), .grouped(digits: 16), .telephone, .email, .address, .date,
      .birthDate, .username(max: 40), .password, .newPassword, .secretNumber(digits: 12), .oneTimeCode(digits: 6),
      .code, .reference(5), .caseNumber, .multiline(rows: 3),
    ]
    return kinds.enumerated().map { place, kind in
      .text("teks\(place)", label: say("Isian \(place + 1)", "Answer \(place + 1)"), required: place > 2, kind: kind)
    }
  }

  var questions: [Specimen] {
    let typed = TicketNumber(from: SeededRandom(seed: 5)).printed
    return [
      Specimen("ApplicationQuestions.fields", "fresh", alone: true) {
        form(FormInput(), fields: ApplicationQuestions.fields(voice.words))
      },
      Specimen("ApplicationQuestions.bornField", "fresh", alone: true) {
        form(FormInput(), fields: [ApplicationQuestions.bornField(voice.words)])
      },
      Specimen("ApplicationQuestions.notice", "of another number", alone: true) {
        ApplicationQuestions.notice(
          FormInput([.init(ApplicationQuestions.numberField, typed)]), voice.context())
      },
      Specimen("CounterCodeQuestion.field", "fresh", alone: true) {
        form(FormInput(), fields: [CounterCodeQuestion.field(voice.words)])
      },
      Specimen("otherNumberNotice", "of a ticket's number", alone: true) {
        otherNumberNotice(typed, wanted: .application, voice.context())
      },
      Specimen("proofWay", "below a form", alone: true) {
        form(FormInput(), fields: ApplicationQuestions.fields(voice.words))
        proofWay(voice.context())
      },
    ]
  }

  var buttons: [Specimen] {
    let styles: [ButtonStyle] = [.primary, .secondary, .quiet, .danger]
    return [
      Specimen("linkButton", "in each style") {
        div(.class("actions")) {
          for style in styles { linkButton(say("Lacak", "Track"), to: "/lacak", style: style, icon: .search) }
        }
      },
      Specimen("linkButton", "before what has a frame") {
        linkButton(say("Lacak", "Track"), to: "/lacak")
        card { p { sentence } }
      },
      Specimen("actionButton", "in each style") {
        div(.class("actions")) {
          for style in styles {
            actionButton(voice.context(), to: "/galeri", label: say("Panggil", "Call"), style: style)
          }
        }
      },
      Specimen("actionButton", "with a key, before a heading", face: .console, alone: true) {
        actionButton(
          voice.context(.console), to: "/galeri", label: say("Panggil berikutnya", "Call the next one"),
          style: .primary, icon: .bell, submission: "k-1", fields: ["loket": "3"], key: "n")
        h2 { say("Berikutnya", "Next") }
      },
    ]
  }
}
