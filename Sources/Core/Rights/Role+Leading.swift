extension Role {
  /// Penyelia: all that an officer at a counter may, and the hall, the statistics, the officers and the data besides.
  public static let supervisor = Role(
    name: "supervisor", label: said("Penyelia", "Supervisor"),
    explanation: said(
      "Memimpin ruang layanan dan petugas, dan mengawasi siapa melihat data siapa.",
      "Leads the hall and the officers, and watches over who looks at whose data."),
    rights: clerk.rights.union([
      .approve, .check, .hall, .stops, .capacity, .reports, .surveys, .complaints, .oversight, .dataRights, .breakGlass,
      .erasure, .accounts, .health,
    ]), demands: .strict)

  /// The head of the office.
  public static let head = Role(
    name: "head", label: said("Kepala kantor", "Head of the office"),
    explanation: said(
      "Memeriksa pekerjaan yang dilakukan satu petugas sendirian, memberi hak, dan memutuskan soal data pribadi.",
      "Looks over what one officer did alone, gives rights, and decides on personal data."),
    rights: [
      .workList, .cases, .check, .hall, .stops, .reports, .surveys, .complaints, .oversight, .dataRights, .breakGlass,
      .erasure, .accounts, .health,
    ], demands: .strict)

  /// Keeps the program, and sees nothing of a person.
  public static let it = Role(
    name: "it", label: said("Pengelola sistem", "System administrator"),
    explanation: said(
      "Melihat keadaan sistem dan mengatur layanan, tanpa melihat data orang.",
      "Sees how the system fares and keeps the services, without seeing people's data."),
    rights: [.catalogue, .health, .ledger], demands: .strict)

  /// Reads what the office does for a named time, and changes nothing.
  public static let auditor = Role(
    name: "auditor", label: said("Pemeriksa (hanya membaca)", "Auditor (reads only)"),
    explanation: said(
      "Membaca catatan kantor untuk waktu tertentu, dan tidak dapat mengubah apa pun.",
      "Reads the office's records for a limited time, and cannot change anything."),
    rights: [
      .workList, .check, .hall, .stops, .capacity, .reports, .surveys, .complaints, .oversight, .dataRights, .accounts,
      .health, .ledger,
    ], isReadOnly: true, daysMax: 90, demands: .strict)

  static func said(_ indonesian: String, _ english: String) -> LocalizedText {
    LocalizedText([.indonesian: indonesian, .english: english])
  }
}

extension Rights {
  /// Those of an officer at a counter, as shipped.
  public static let clerk = Rights([.clerk])
  /// Those of a supervisor, as shipped.
  public static let supervisor = Rights([.supervisor])
}
