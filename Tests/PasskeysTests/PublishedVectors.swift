/// Published test vectors (Web Authentication Level 3, section 16, for `example.org`), and one of RS256 that openssl(1) has
/// signed: the published RSA key is longer than the one length that is taken here.
enum PublishedVectors {
  static let party = "https://example.org"

  /// Section 16.2: ES256 without attestation; the person was not verified.
  enum None {
    static let creation = #"""
      {"type":"webauthn.create","challenge":"AMMPt4UxxGTStncdq417YDwBFi8vpIa-pw8oOuVW4TA","origin":"https://example.org","crossOrigin":false,"extraData":"clientDataJSON may be extended with additional fields in the future, such as this: BkQeDjdcTBrXBiAwJTLE5Q"}
      """#
    static let attestation = """
      a363666d74646e6f6e656761747453746d74a068617574684461746158a4bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5
      e0f01452b2e4b559000000008446ccb9ab1db374750b2367ff6f3a1f0020f91f391db4c9b2fde0ea70189cba3fb63f579ba6122b33ad94
      ff3ec330084be4a5010203262001215820afefa16f97ca9b2d23eb86ccb64098d20db90856062eb249c33a9b672f26df61225820930a56
      b87a2fca66334b03458abf879717c12cc68ed73290af2e2664796b9220
      """
    static let get = #"""
      {"type":"webauthn.get","challenge":"OcDnUhQXulTUPo3JUXT0I97pvzzYBP9tZchXyav01Ag","origin":"https://example.org","crossOrigin":false}
      """#
    static let authenticatorData = "bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b51900000000"
    static let signature = """
      3046022100f50a4e2e4409249c4a853ba361282f09841df4dd4547a13a87780218deffcd380221008480ac0f0b93538174f575bf11a1dd
      5d78c6e486013f937295ea13653e331e87
      """
  }

  /// Section 16.3: ES256 that attests itself; the person was verified when it was made.
  enum Own {
    static let creation = #"""
      {"type":"webauthn.create","challenge":"eGnCt3LUtY66k3jPjynibPk1qnffDaifqZwL3Ap29-U","origin":"https://example.org","crossOrigin":false,"extraData":"clientDataJSON may be extended with additional fields in the future, such as this: U9hTXvKE2URkMnb_0xYHVg"}
      """#
    static let attestation = """
      a363666d74667061636b65646761747453746d74a263616c672663736967584630440220067a20754ab925005dbf378097c92120031581
      c73228d1fb4f5b881bcd7da98302207fc7b147558c7c0eba3af18bd9d121fa3d3a26d17fe3f220272178f473b6006d6861757468446174
      6158a4bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b55d00000000df850e09db6afbdfab51697791506c
      fc0020455ef34e2043a87db3d4afeb39bbcb6cc32df9347c789a865ecdca129cbef58ca5010203262001215820eb151c8176b225cc6515
      59fecf07af450fd85802046656b34c18f6cf193843c5225820927b8aa427a2be1b8834d233a2d34f61f13bfd44119c325d5896e183fee4
      84f2
      """
    static let get = #"""
      {"type":"webauthn.get","challenge":"RHihCxNSNI3RYME1Ow1Gm12xnrkcJ_ffpv7Tn-Jq8gs","origin":"https://example.org","crossOrigin":false,"extraData":"clientDataJSON may be extended with additional fields in the future, such as this: gTb53rz6EhSWomXGzimC1Q"}
      """#
    static let authenticatorData = "bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b50900000000"
    static let signature = """
      304402203310b9431903c401f1be2bdc8d23a4007682dbbddcf846994947b7f465daf84002204e94dd00047b316061b3b99772b7efd959
      94a83ef584b3b6b825ea3550251b66
      """
  }

  /// Section 16.4: asked for within another site's page; the person was verified.
  enum Framed {
    static let creation = #"""
      {"type":"webauthn.create","challenge":"O-WqzQNTcUJHI0CrWWnyQPHYdxbiC2gHrCMGVfpLO0k","origin":"https://example.org","crossOrigin":true,"extraData":"clientDataJSON may be extended with additional fields in the future, such as this: zZquEtDR9DWqpW5tBWTFug"}
      """#
    static let attestation = """
      a363666d74646e6f6e656761747453746d74a068617574684461746158a4bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5
      e0f01452b2e4b54500000000883f4f6014f19c09d87aa38123be48d000206e1050c0d2ca2f07c755cb2c66a74c64fa43065c18f938354d
      9915db2bd5ce57a501020326200121582022200a473f90b11078851550d03b4e44a2279f8c4eca27b3153dedfe03e4e97d225820cbd0be
      95e746ad6f5a8191be11756e4c0420e72f65b466d39bc56b8b123a9c6e
      """
  }

  enum RS256 {
    static let cose = """
      a401030339010020590100ca6594761d82744feb51b036ff2a8506d477f3289a559d4520b9b288d1b1f3b2922f8ca20ce3281b1fadc5c0
      b7a988bd2d22b38005eb845c0bd4007b7f20bbc4e0879e6bde56f5eff5615b22f68bbb7d7dbbe474b089ee58e8a6833ec9a254b86ebe8f
      ebcaa951793df48d64dffb59c38bb9aa1602f4c284d0a387aa4151b689b70068968a4f1376cd00c816aa078b19a7cce65573cd64a8c5cb
      72891113d7bf5d19b3154a991175ba1e89b5de2a65745346cba21a4ba899f1c15089861675c026e8883a2b31711044ae0dd6112cfab886
      9f778c4bcea731e39ba3995bc2da2d5b81b9fc4bdb4055876ba8f6eb46eb4c19aa4574952fd6360335c1ea8a3bcef52143010001
      """
    static let get = #"""
      {"type":"webauthn.get","challenge":"LdAL134CIs7YgmZUganB2fkHMJ0W4F7QB6HqY5KEd6k","origin":"https://example.org","crossOrigin":false}
      """#
    static let authenticatorData = "bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b50500000007"
    static let signature = """
      7693b137aa13f4ebad34a5bcbd19cc5777d99c83bb7922f8d6296c30bb3b78c54273b9c3aedb8d47fe22e583af8197c9b071549854c556
      63d260de945689ec1667b9eac698c36c16777cfdbc1c0954e5581eb60b29c5cb86b3855e25bd1ece62f20bf61896258ad818c779142949
      e709d244bd35cb70d544c6cf6f172b16b11f18c5e86e9bc277a0dab57c8cbbbfdfcb2d94b323b08e7eb2f84a29571f5989048a489f3285
      e1cdee98f46ba9554db313cc60683f61360105609ac259aee29249828a7c82ae8b895e21486172960719988032a7d7b044d397d5d0c70b
      8c28c9460c05c8a5d754a1448225c72bafd239a0d9ebfe9d7d2ed572008662918f41c205
      """
  }
}
