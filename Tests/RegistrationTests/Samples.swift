import Contracts
import Core

func text(_ indonesian: String, _ english: String? = nil) -> LocalizedText {
  LocalizedText([.indonesian: indonesian, .english: english ?? indonesian])
}

func field(
  _ name: String, _ kind: FormField.Kind, required: Bool = true, choices: [FormField.Option] = []
) -> FormField {
  FormField(
    name: name, kind: kind, label: text("Isian \(name)", "Question \(name)"), hint: text("Petunjuk", "Hint"),
    isRequired: required, choices: choices)
}

let sampleStages = [
  Stage(
    code: "kunjungan", name: text("Kunjungan", "Visit"), explanation: text("Datang ke kantor.", "Come to the office."),
    mover: .applicant, ending: .visit),
  Stage(
    code: "cetak", name: text("Pencetakan", "Printing"), explanation: text("Paspor dicetak.", "Being printed."),
    mover: .office, ending: .officer),
  Stage(
    code: "ambil", name: text("Siap diambil", "Ready"), explanation: text("Ambil paspor.", "Collect it."),
    mover: .applicant, ending: .visit),
  Stage(
    code: "selesai", name: text("Selesai", "Done"), explanation: text("Paspor diterima.", "Handed over."),
    mover: .applicant, ending: .none),
]

extension OfferedService {
  static func sample(
    _ code: String, _ audience: Audience, fields: [FormField], onWeb: Bool = true
  ) -> OfferedService {
    OfferedService(
      code: ServiceCode(code), name: text("Layanan \(code)", "Service \(code)"), summary: text("Ringkasan", "Summary"),
      audience: audience, queueLetter: "A", acceptsWebApplications: onWeb,
      requirements: [text("KTP asli", "Original KTP")], fields: fields,
      fees: [
        Fee(code: "PAS-E-10", name: text("Paspor elektronik", "E-passport"), amount: Rupiah(950_000)),
        Fee(code: "BIO", name: text("Biometrik", "Biometrics"), amount: Rupiah(50_000)),
      ],
      promisedWorkingDays: 4, stages: sampleStages, legalBasis: ["PP 45/2024"],
      validFrom: CivilDate(dayNumber: 0), validTo: nil, notices: [text("Datang sendiri.", "Come in person.")])
  }

  /// For citizens; with a parent's name and NIK besides the applicant's own.
  static let passport = sample(
    "paspor", .citizens,
    fields: [
      field("nama", .fullName), field("nik", .nik), field("tempat", .birthPlace), field("lahir", .dateOfBirth),
      field("kelamin", .sex), field("warga", .nationality), field("telepon", .telephone),
      field("email", .email, required: false), field("alamat", .address),
      field("lama", .passportNumber, required: false),
      field("ibu", .fullName), field("tujuan", .text, required: false),
      field(
        "alasan", .choice,
        choices: [
          .init(value: "habis", label: text("Habis masa berlaku", "Expired")),
          .init(value: "penuh", label: text("Halaman penuh", "Full")),
        ]),
      field("berangkat", .date, required: false),
    ])

  static let stayPermit = sample(
    "izin-tinggal", .foreigners,
    fields: [
      field("nama", .fullName), field("lahir", .dateOfBirth), field("kelamin", .sex), field("warga", .nationality),
      field("telepon", .telephone), field("paspor", .passportNumber), field("berlaku", .passportExpiry),
    ])

  static let counterOnly = sample(
    "hilang", .citizens, fields: [field("nama", .fullName), field("lahir", .dateOfBirth)], onWeb: false)

  /// Nobody could find such an application again.
  static let nameless = sample("tanpa-nama", .citizens, fields: [field("telepon", .telephone)])
}

/// Offers the samples; works from Monday to Friday.
struct SampleCatalogue: CatalogueService {
  var offered: [OfferedService] = [.passport, .stayPermit, .counterOnly, .nameless]

  func services(on day: CivilDate) -> [OfferedService] { offered }
  func service(_ code: ServiceCode) -> OfferedService? { offered.first { $0.code == code } }
  func isWorkingDay(_ day: CivilDate) -> Bool { day.weekday <= 5 }

  func workingDay(_ count: Int, after day: CivilDate) -> CivilDate {
    var (left, day) = (count, day)
    while left > 0 {
      day = day.adding(days: 1)
      if isWorkingDay(day) { left -= 1 }
    }
    return day
  }
}

/// What synthetic people type.
enum Typed {
  static let citizen = [
    "nama": "Ai'nun Planted", "nik": "1808 9957 0890 0001", "tempat": "Plantedtown", "lahir": "1990-08-17",
    "kelamin": "P", "telepon": "0812 3456 7890", "email": "planted@contoh.id", "alamat": "Jalan Planted 12\nBlambangan",
    "lama": "x1234567", "ibu": "Ibu Planted", "tujuan": "Umrah Planted", "alasan": "habis", "berangkat": "2027-03-01",
  ]

  /// Of the state of ICAO's specimens.
  static let foreigner = [
    "nama": "Anna Maria Eriksson", "lahir": "1974-08-12", "kelamin": "P", "warga": "UTO", "telepon": "+46 70 123 45 67",
    "paspor": "L898902C3", "berlaku": "2030-04-15",
  ]
}
