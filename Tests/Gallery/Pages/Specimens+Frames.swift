internal import HTML
internal import Web

/// What holds other things: cards, headings, columns, and the entries that lead on.
extension Specimens {
  var frames: [Specimen] {
    [
      Specimen("card", "with a title") { card(title: say("Syarat", "Requirements")) { p { sentence } } },
      Specimen("card", "without a title") { card { p { sentence } } },
      Specimen("card", "within a card") {
        card(title: say("Syarat", "Requirements")) {
          card(title: say("Dokumen asli", "Originals"), level: 3) { p { sentence } }
        }
      },
      Specimen("pageHeading", "the heading alone") { pageHeading(say("Lacak permohonan", "Track an application")) },
      Specimen("pageHeading", "with what stands above and below it") {
        pageHeading(
          say("Paspor Anda sedang dicetak", "Your passport is being printed"), lead: sentence,
          eyebrow: "1234 5678 9092"
        ) { tag(say("Lancar", "On its way"), .success) }
      },
      Specimen("hero", "with one thing to do first") {
        hero(say("Ada yang bisa kami bantu?", "How can we help?"), lead: sentence) {
          linkButton(say("Ambil nomor", "Take a number"), to: "/antrean", style: .primary, icon: .ticket)
        }
      },
      Specimen("columns", "the work and what stands beside it") {
        columns {
          card { p { sentence } }
        } aside: {
          card { p { sentence } }
        }
      },
      Specimen("columns", "both as wide as each other") {
        columns(isEven: true) {
          card { p { sentence } }
        } aside: {
          card { p { sentence } }
        }
      },
    ]
  }

  var entries: [Specimen] {
    [
      Specimen("entryCards", "with and without a hint") {
        entryCards(voice.context().portalEntries, voice.context())
      },
      Specimen("linkCard", "a name alone") { linkCard(say("Paspor biasa", "Ordinary passport"), to: "/layanan/biasa") },
      Specimen("linkCard", "with all that it may have") { fullLinkCard },
      Specimen("cardGrid", "of three") {
        cardGrid([fullLinkCard, linkCard(say("Paspor", "Passport"), to: "/layanan/a"), fullLinkCard])
      },
    ]
  }

  private var fullLinkCard: Node {
    linkCard(
      say("Paspor elektronik", "E-passport"), to: "/layanan/elektronik", icon: .passport, text: sentence,
      warning: say("Belum ada loket", "No counter yet"), facts: ["Rp650.000", say("4 hari kerja", "4 working days")])
  }

  var sentence: String {
    say(
      "Datang pada hari yang Anda pilih, dan bawa dokumen asli.", "Come on the day that you chose, and bring originals."
    )
  }
}
