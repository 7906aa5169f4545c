/// What can be done with a ticket; the raw value is its name in addresses and in the history.
public enum TicketAction: String, Sendable, CaseIterable {
  /// Gives the number.
  case issue = "terbit"
  /// Brings a person with an appointment into the hall.
  case checkIn = "lapor-tiba"
  /// Puts a person who has checked in into the line, when it is time.
  case admit = "masuk-antrean"
  /// Calls the number whose turn it is.
  case call = "panggil"
  /// Out of the order of the rule; needs a written reason.
  case callChosen = "panggil-khusus"
  /// Calls once more.
  case recall = "panggil-ulang"
  /// Begins to serve the person who has come to the counter.
  case start = "mulai"
  /// Ends the visit.
  case finish = "selesai"
  /// Ends one step of several; the same number waits for the next.
  case finishStep = "selesai-langkah"
  /// Sets a visit aside for a reason and a limited time.
  case hold = "tunda"
  /// Takes a visit up again that was set aside.
  case resume = "lanjutkan"
  /// Ends a hold without serving: the person waits again.
  case release = "lepas-tunda"
  /// Sends to another service, counter or officer.
  case transfer = "alihkan"
  /// Puts a called number back into its place in line.
  case giveBack = "kembalikan"
  /// Ends the visit of a person who was called and did not come.
  case noShow = "tidak-hadir"
  /// Lets a person who missed the call into the line again.
  case comeBack = "hadir-kembali"
  /// Gives the number back before it is served.
  case cancel = "batalkan"
  /// What it stood for has ended elsewhere: its person was erased, its application withdrawn.
  case withdraw = "dicabut"
  /// What is still open when the day ends.
  case settle = "tutup-hari"
  /// The time passed by which its holder was promised to be called; they wait on.
  case breakPromise = "janji-terlewat"
  /// Takes the last action back.
  case undo = "urungkan"
}
