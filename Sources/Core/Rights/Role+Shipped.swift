extension Role {
  /// The roles as shipped, which hold where there is no `roles.json5`; the file says the same, and a test compares them.
  public static let shipped: [Role] = [
    frontDesk, clerk, photo, interview, approver, handOver, treasurer, inteldakim, information, supervisor, head, it,
    auditor,
  ]

  /// Receives people and leads them on.
  public static let frontDesk = Role(
    name: "front-desk", label: said("Penerima tamu", "Reception"),
    explanation: said(
      "Melayani orang yang datang dan menjawab panggilan bantuan.", "Receives people and answers calls for help."),
    rights: [.serve, .help])

  /// Petugas loket: calls, serves, sees the case in hand, and takes it on until it is decided.
  public static let clerk = Role(
    name: "clerk", label: said("Petugas loket", "Counter officer"),
    explanation: said(
      "Memanggil dan melayani orang di loket, melihat permohonannya, dan memeriksa berkas.",
      "Calls and serves people at a counter, sees their applications and examines the documents."),
    rights: [.serve, .help, .requests, .workList, .cases, .money, .examine, .issue, .handOver])

  /// Takes photos and fingerprints.
  public static let photo = Role(
    name: "photo", label: said("Petugas foto", "Photo officer"),
    explanation: said(
      "Memanggil orang untuk foto dan sidik jari, dan melihat permohonannya.",
      "Calls people for photo and fingerprints, and sees their applications."),
    rights: [.serve, .help, .cases])

  /// Interviews, and examines what people bring.
  public static let interview = Role(
    name: "interview", label: said("Petugas wawancara", "Interview officer"),
    explanation: said(
      "Memanggil orang untuk wawancara dan memeriksa data dan berkas.",
      "Calls people for an interview, and examines data and documents."),
    rights: [.serve, .help, .workList, .cases, .examine])

  /// Decides on applications.
  public static let approver = Role(
    name: "approver", label: said("Pejabat penyetuju", "Approving official"),
    explanation: said(
      "Menyetujui permohonan yang sudah diperiksa petugas lain.",
      "Approves applications that another officer has examined."),
    rights: [.workList, .cases, .approve])

  /// Prints documents and hands them over.
  public static let handOver = Role(
    name: "hand-over", label: said("Petugas penyerahan", "Hand-over officer"),
    explanation: said("Mencetak dokumen dan menyerahkannya.", "Prints documents and hands them over."),
    rights: [.serve, .help, .workList, .cases, .issue, .handOver])

  /// Confirms payments, and sees nothing of a person.
  public static let treasurer = Role(
    name: "treasurer", label: said("Bendahara", "Treasurer"),
    explanation: said(
      "Memastikan pembayaran sudah masuk, tanpa melihat data orang.",
      "Confirms that payments have come in, without seeing people's data."),
    rights: [.workList, .money])

  /// Intelligence and enforcement.
  public static let inteldakim = Role(
    name: "inteldakim", label: said("Inteldakim", "Intelligence and enforcement"),
    explanation: said(
      "Memeriksa keabsahan data, berkas, dan penjamin.", "Examines whether data, documents and sponsors are genuine."),
    rights: [.workList, .cases, .examine])

  /// Information and complaints.
  public static let information = Role(
    name: "information", label: said("Informasi dan pengaduan", "Information and complaints"),
    explanation: said(
      "Menjawab pengaduan dan panggilan bantuan, dan menerima permintaan tentang data pribadi.",
      "Answers complaints and calls for help, and takes in requests about personal data."),
    rights: [.help, .requests, .complaints, .surveys])
}
