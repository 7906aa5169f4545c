#pragma once
#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>

// libfido2 leaves libcrypto's reasons for a refusal in the thread's queue.
#include <openssl/err.h>
