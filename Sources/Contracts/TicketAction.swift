/// What can be done with a ticket; the raw value is its name in addresses and in the history.
public enum TicketAction: String, Sendable, CaseIterable {
  case issue = "terbit"
  case checkIn = "lapor-tiba"
  case admit = "masuk-antrean"
  case call = "panggil"
  /// Out of the order of the rule; needs a written reason.
  case callChosen = "panggil-khusus"
  case recall = "panggil-ulang"
  case start = "mulai"
  /// Ends the visit.
  case finish = "selesai"
  /// Ends one step of several; the same number waits for the next.
  case finishStep = "selesai-langkah"
  case hold = "tunda"
  case resume = "lanjutkan"
  /// Ends a hold without serving: the person waits again.
  case release = "lepas-tunda"
  case transfer = "alihkan"
  case giveBack = "kembalikan"
  case noShow = "tidak-hadir"
  case comeBack = "hadir-kembali"
  case cancel = "batalkan"
  /// What it stood for has ended elsewhere: its person was erased, its application withdrawn.
  case withdraw = "dicabut"
  /// What is still open when the day ends.
  case settle = "tutup-hari"
  /// The time passed by which its holder was promised to be called; they wait on.
  case breakPromise = "janji-terlewat"
  case undo = "urungkan"
}
