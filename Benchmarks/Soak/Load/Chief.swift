import Client
import Core
import Foundation

/// A supervisor: decides on complaints and on what people ask for, moves applications on.
actor Chief {
  private let executor = SerialQueueExecutor(label: "soak.chief")
  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

  private let hand: OfficerHand
  private let random: SeededRandom
  private let keeper: BookKeeper

  init(_ officer: OfficerName, in town: Town, seed: UInt64) {
    hand = OfficerHand(officer, at: town)
    random = SeededRandom(seed: seed)
    keeper = town.keeper
  }

  /// Works until the server's life is over.
  func live(_ life: Life) {
    hand.work(life, as: "supervisor") {
      switch random.below(10) {
      case 0..<5: try answerComplaint(life.day)
      case 5: try erase()
      default: try hand.decide(life.day, random)
      }
    }
  }

  // MARK: Complaints

  private func answerComplaint(_ day: CivilDate) throws {
    let known = keeper.hints { $0.complaints }
    let links = try hand.open("/petugas/pengaduan").links.filter { $0.hasPrefix("/petugas/pengaduan/") }
    let ids = links.compactMap { $0.split(separator: "/").last.map(String.init) }.filter { known[$0] != nil }
    guard !ids.isEmpty, let number = known[ids[random.below(ids.count)]],
      let id = ids.first(where: { known[$0] == number })
    else { return }
    let page = try hand.open("/petugas/pengaduan/\(id)")
    let steps = [("verifikasi", "verified"), ("proses", "in-progress"), ("jawab", "answered")]
    guard
      let (form, state) = steps.lazy.compactMap({ step, state in
        page.form(to: "/petugas/pengaduan/\(id)/\(step)").map { ($0, state) }
      }).first
    else { return }
    let complaint = Thing(.complaint, number)
    keeper.note { $0.may(complaint, become: state, on: day) }
    let answer = try hand.browser.submit(state == "answered" ? form.filled(["jawaban": "Contoh jawaban"]) : form)
    guard answer.status == 303 else { throw Surprise("a complaint's step", answer.status, answer.heading) }
    keeper.tell(.decision) { books in
      books.tell(complaint, isNow: state, on: day)
      return nil
    }
  }

  // MARK: Erasures

  /// A person who has applied asks at the counter to be erased, and is.
  private func erase() throws {
    let (books, counts) = (keeper.books, keeper.counts)
    // A few in a hundred are plenty.
    guard counts[.application, default: 0] > 20 * (counts[.erasure, default: 0] + 1) else { return }
    let living = books.things.keys.filter { $0.kind == .application && !books.erased.contains($0.name) }
    guard !living.isEmpty else { return }
    let application = living.sorted { $0.name < $1.name }[random.below(living.count)].name
    let asked = try hand.open("/petugas/permintaan-data")
    guard let question = asked.form(to: "/petugas/permintaan-data") else { return }
    let taken = try hand.browser.submit(question.filled(["nomor": application, "jenis": "erasure"]))
    guard taken.status == 303, let code = taken.location?.split(separator: "/").last else {
      throw Surprise("an erasure could not be asked for", taken.status, taken.heading)
    }
    let path = "/petugas/hak-data/kasus/\(code)"
    guard let form = try hand.open(path).form(to: path) else { return }
    let look = try hand.proven(hand.browser.submit(form.filled(["putusan": "in-person"])))
    keeper.note { $0.beginErasure(of: application) }
    let decided = try hand.browser.confirm(look)
    guard decided.status == 303 else { throw Surprise("an erasure", decided.status, decided.heading) }
    keeper.tell(.erasure) { books in
      books.endErasure(of: application)
      return nil
    }
  }
}
