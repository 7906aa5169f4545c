public import Contracts

extension Biodata {
  public static let sample = Biodata(
    fullName: "Siti Rahmawati Planted", nik: "3173054107900001", birthPlace: "Plantedtown", dateOfBirth: "1990-07-01",
    sex: "P", nationality: "IDN")
}

extension Contact {
  public static let sample = Contact(
    telephone: "+6281234567890", email: "planted@contoh.id", address: "Jalan Planted 12")
}
