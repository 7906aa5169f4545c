public import Core

/// The states and other issuers of travel documents that ICAO 9303-3, section 5, gives a code.
///
/// The codes are ISO 3166's, but for Germany (`D`), Kosovo (`RKS`), and the document holders without a
/// nationality. `UTO` is Utopia, the state of ICAO's specimens.
public enum Nationality {
  /// Indonesia's code.
  public static let indonesian = "IDN"
  /// The state of ICAO's specimens, which has no citizens.
  public static let specimen = "UTO"

  /// Whether the code is one of them, in capitals as documents write it.
  public static func isKnown(_ code: String) -> Bool { codes.contains(code) }

  /// What a select list offers to foreigners: every code but Indonesia's, by its name in the reader's language.
  ///
  /// - Parameter hasSpecimen: whether the state of specimens is offered too, as a demonstration's people need it.
  public static func options(_ words: Words, withSpecimen hasSpecimen: Bool) -> [(code: String, name: String)] {
    codes.subtracting(hasSpecimen ? [indonesian] : [indonesian, specimen]).map {
      ($0, words(MessageKey("registration.nationality", named: $0)))
    }
    .sorted { ($0.name.lowercased(), $0.code) < ($1.name.lowercased(), $1.code) }
  }

  static let codes = Set(
    """
    AFG AGO ALB AND ARE ARG ARM ATG AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BHS BIH BLR BLZ BOL BRA BRB BRN BTN BWA
    CAF CAN CHE CHL CHN CIV CMR COD COG COL COM CPV CRI CUB CYP CZE D DJI DMA DNK DOM DZA ECU EGY ERI ESP EST ETH
    FIN FJI FRA FSM GAB GBR GEO GHA GIN GMB GNB GNQ GRC GRD GTM GUY HKG HND HRV HTI HUN IDN IND IRL IRN IRQ ISL ISR
    ITA JAM JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAR MCO MDA MDG
    MDV MEX MHL MKD MLI MLT MMR MNE MNG MOZ MRT MUS MWI MYS NAM NER NGA NIC NLD NOR NPL NRU NZL OMN PAK PAN PER PHL
    PLW PNG POL PRK PRT PRY PSE QAT RKS ROU RUS RWA SAU SDN SEN SGP SLB SLE SLV SMR SOM SRB SSD STP SUR SVK SVN SWE
    SWZ SYC SYR TCD TGO THA TJK TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UNO URY USA UTO UZB VAT VCT VEN VNM VUT
    WSM XXA XXB XXC YEM ZAF ZMB ZWE
    """.split(whereSeparator: \.isWhitespace).map(String.init))
}
