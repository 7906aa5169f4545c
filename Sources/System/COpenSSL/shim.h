#pragma once
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>
#include <openssl/params.h>
#include <openssl/rand.h>

// An OSSL_PARAM keeps the pointer to its name. The names are string macros, which Swift hands over as
// temporary copies, so parameters have to be built here, where they are literals.

static inline int gapura_hmac_init(EVP_MAC_CTX *context, char *digest, const unsigned char *key, size_t key_count) {
  OSSL_PARAM parameters[] = {
    OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
    OSSL_PARAM_construct_end(),
  };
  return EVP_MAC_init(context, key, key_count, parameters);
}

static inline int gapura_hmac_sha256_init(EVP_MAC_CTX *context, const unsigned char *key, size_t key_count) {
  char digest[] = "SHA2-256";
  return gapura_hmac_init(context, digest, key, key_count);
}

static inline int gapura_hmac_sha1_init(EVP_MAC_CTX *context, const unsigned char *key, size_t key_count) {
  char digest[] = "SHA1";
  return gapura_hmac_init(context, digest, key, key_count);
}

// Without a salt HKDF takes zeros (RFC 5869 section 2.2), which is what the library does when it is empty.
static inline int gapura_hkdf_sha256(
    EVP_KDF_CTX *context, const void *secret, size_t secret_count, const void *salt, size_t salt_count,
    const void *info, size_t info_count, unsigned char *output, size_t output_count) {
  char digest[] = "SHA2-256";
  // The library only reads what it is given; the parameter type is mutable because it serves both ways.
  OSSL_PARAM parameters[] = {
    OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
    OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, (void *)secret, secret_count),
    OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, (void *)salt, salt_count),
    OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, (void *)info, info_count),
    OSSL_PARAM_construct_end(),
  };
  return EVP_KDF_derive(context, output, output_count, parameters);
}

// Keys on P-256 (secp256r1, which OpenSSL calls prime256v1). A point is written uncompressed (SEC 1, section 2.3.3): 4, x, y.
enum { gapura_p256_scalar_count = 32, gapura_p256_point_count = 65, gapura_p256_signature_count = 64 };

// The key with this point, and with this number where it is private; NULL when they are none.
static inline EVP_PKEY *gapura_p256_key(const unsigned char *point, const BIGNUM *number) {
  EVP_PKEY *key = NULL;
  OSSL_PARAM *parameters = NULL;
  OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
  if (builder != NULL && context != NULL
      && OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, SN_X9_62_prime256v1, 0) == 1
      && OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, point, gapura_p256_point_count) == 1
      && (number == NULL || OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_PRIV_KEY, number) == 1)
      && (parameters = OSSL_PARAM_BLD_to_param(builder)) != NULL && EVP_PKEY_fromdata_init(context) == 1
      && EVP_PKEY_fromdata(context, &key, number == NULL ? EVP_PKEY_PUBLIC_KEY : EVP_PKEY_KEYPAIR, parameters) != 1) {
    EVP_PKEY_free(key);
    key = NULL;
  }
  OSSL_PARAM_free(parameters);
  OSSL_PARAM_BLD_free(builder);
  EVP_PKEY_CTX_free(context);
  return key;
}

// The private key of this number (32 bytes, big-endian), and its point; NULL when the number is zero or not below the group's
// order. EVP_PKEY_fromdata wants the point as well, and works none out.
static inline EVP_PKEY *gapura_p256_private_key(const unsigned char *scalar, unsigned char *point) {
  EVP_PKEY *key = NULL;
  BIGNUM *number = BN_secure_new();
  EC_GROUP *group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
  EC_POINT *product = group == NULL ? NULL : EC_POINT_new(group);
  if (number != NULL && product != NULL && BN_bin2bn(scalar, gapura_p256_scalar_count, number) != NULL) {
    BN_set_flags(number, BN_FLG_CONSTTIME);
    if (!BN_is_zero(number) && BN_cmp(number, EC_GROUP_get0_order(group)) < 0
        && EC_POINT_mul(group, product, number, NULL, NULL, NULL) == 1
        && EC_POINT_point2oct(
             group, product, POINT_CONVERSION_UNCOMPRESSED, point, gapura_p256_point_count, NULL)
             == gapura_p256_point_count) {
      key = gapura_p256_key(point, number);
    }
  }
  EC_POINT_free(product);
  EC_GROUP_free(group);
  BN_clear_free(number);
  return key;
}

// A signature as both numbers, 32 bytes each (IEEE P1363), from the library's DER.
static inline int gapura_p256_signature(const unsigned char *der, size_t der_count, unsigned char *signature) {
  const unsigned char *next = der;
  ECDSA_SIG *numbers = d2i_ECDSA_SIG(NULL, &next, (long)der_count);
  int is_done = numbers != NULL && BN_bn2binpad(ECDSA_SIG_get0_r(numbers), signature, 32) == 32
    && BN_bn2binpad(ECDSA_SIG_get0_s(numbers), signature + 32, 32) == 32;
  ECDSA_SIG_free(numbers);
  return is_done;
}

// The DER of a signature's two numbers, at most 72 bytes of it; how many there are, or 0.
static inline int gapura_p256_signature_der(const unsigned char *signature, unsigned char *der) {
  unsigned char *next = der;
  int count = 0;
  ECDSA_SIG *numbers = ECDSA_SIG_new();
  BIGNUM *r = BN_bin2bn(signature, 32, NULL);
  BIGNUM *s = BN_bin2bn(signature + 32, 32, NULL);
  // What is set belongs to the signature from then on.
  if (numbers != NULL && r != NULL && s != NULL && ECDSA_SIG_set0(numbers, r, s) == 1) {
    r = s = NULL;
    count = i2d_ECDSA_SIG(numbers, &next);
  }
  BN_free(r);
  BN_free(s);
  ECDSA_SIG_free(numbers);
  return count < 0 ? 0 : count;
}
