internal import CFido2

/// What an authenticator has signed, and for which site.
struct SignedStatement {
  let party: String
  /// SHA-256 of what the browser says of its page.
  let clientDataHash: [UInt8]
  let authenticatorData: [UInt8]
  let signature: [UInt8]
  let needsVerifiedPerson: Bool
}

/// What libfido2 is asked: whether bytes are a key, and whether that key has signed.
enum FidoLibrary {
  /// - Throws: `PasskeyFailure` `unsupportedKey` for what is no key: no point of the curve, no number that can be a modulus.
  static func check(_ key: CredentialKey) throws(PasskeyFailure) {
    _ = try object(of: key)
  }

  /// Whether the key has signed it (fido_assert_verify(3)).
  static func isSigned(_ statement: SignedStatement, by key: CredentialKey) throws(PasskeyFailure) -> Bool {
    let algorithm = Int32(key.algorithm.rawValue)
    let object = try object(of: key)
    let assertion = try unsafe FidoObject(fido_assert_new()) { pointer in
      var assertion: OpaquePointer? = unsafe pointer
      unsafe fido_assert_free(&assertion)
    }
    let isSigned = unsafe assertion.withPointer { assertion in
      unsafe object.withPointer { key in
        unsafe isFilled(assertion, with: statement)
          && fido_assert_verify(assertion, 0, algorithm, UnsafeRawPointer(key)) == FIDO_OK
      }
    }
    // A wrong signature leaves an error behind, too.
    if !isSigned { ERR_clear_error() }
    return isSigned
  }

  /// Whether the library has taken the statement: it reads what the authenticator says once more.
  private static func isFilled(_ assertion: OpaquePointer, with statement: SignedStatement) -> Bool {
    let verification = statement.needsVerifiedPerson ? FIDO_OPT_TRUE : FIDO_OPT_OMIT
    return unsafe fido_assert_set_rp(assertion, statement.party) == FIDO_OK
      && fido_assert_set_clientdata_hash(assertion, statement.clientDataHash, statement.clientDataHash.count) == FIDO_OK
      && fido_assert_set_count(assertion, 1) == FIDO_OK
      && fido_assert_set_authdata_raw(
        assertion, 0, statement.authenticatorData, statement.authenticatorData.count) == FIDO_OK
      && fido_assert_set_up(assertion, FIDO_OPT_TRUE) == FIDO_OK
      && fido_assert_set_uv(assertion, verification) == FIDO_OK
      && fido_assert_set_sig(assertion, 0, statement.signature, statement.signature.count) == FIDO_OK
  }

  /// The key as libfido2 has it.
  private static func object(of key: CredentialKey) throws(PasskeyFailure) -> FidoObject {
    // Asked for in each thread that uses the library (fido_init(3)); tasks change theirs, and it only sets a flag.
    fido_init(0)
    let object = try blank(for: key.algorithm)
    let result = unsafe object.withPointer { unsafe read(key, into: $0) }
    guard result == FIDO_OK else {
      ERR_clear_error()
      throw .unsupportedKey
    }
    return object
  }

  private static func blank(for algorithm: CredentialKey.Algorithm) throws(PasskeyFailure) -> FidoObject {
    switch algorithm {
    case .es256:
      return try unsafe FidoObject(es256_pk_new()) { pointer in
        var key: OpaquePointer? = unsafe pointer
        unsafe es256_pk_free(&key)
      }
    case .edDSA:
      return try unsafe FidoObject(eddsa_pk_new()) { pointer in
        var key: OpaquePointer? = unsafe pointer
        unsafe eddsa_pk_free(&key)
      }
    case .rs256:
      return try unsafe FidoObject(rs256_pk_new()) { pointer in
        var key: OpaquePointer? = unsafe pointer
        unsafe rs256_pk_free(&key)
      }
    }
  }

  private static func read(_ key: CredentialKey, into object: OpaquePointer) -> Int32 {
    switch key.algorithm {
    case .es256: return unsafe es256_pk_from_ptr(object, key.material, key.material.count)
    case .edDSA: return unsafe eddsa_pk_from_ptr(object, key.material, key.material.count)
    case .rs256: return unsafe rs256_pk_from_ptr(object, key.material, key.material.count)
    }
  }
}
