#pragma once
#include <stddef.h>

// What libmicrohttpd judges of a request before its handler is called, and what it answers by itself, taken over.
//
// The library (0.9.75) answers some requests without asking: in words and with header fields of its own, and twice where it
// refuses after the last header field (a malformed Content-Length, no Host), because it builds such an answer when it finds
// the fault and once more when the request comes to its end. No option leaves that to the program. But the library calls
// its own exported functions by name, and ELF looks a name up in the program before it looks in a library: three of them
// are defined here. What a newer version does not call any more does no harm.

struct MHD_Connection;
struct MHD_Response;

/// Digits of the longest length of a body that the library is told of. A longer one, and whatever is no number, is kept from it:
/// the request seems to have no body, and the handler must refuse it and end the connection.
#define GAPURA_LENGTH_DIGIT_COUNT_MAX 18

/// Answers where the library would, with gapura_queue_response, on the connection's own thread. `status` is what it would say.
///
/// Returns 0 when there is no answer: the connection is closed then.
typedef int (*gapura_refuser)(struct MHD_Connection *connection, unsigned int status);

/// Names who answers for the library, before the first daemon is started.
///
/// Returns 0 when the library would go on answering by itself: no daemon must be started then.
int gapura_take_over_refusals(gapura_refuser refuser);

/// What MHD_queue_response is to others: returns 0 when the answer was not taken.
int gapura_queue_response(struct MHD_Connection *connection, unsigned int status, struct MHD_Response *response);

/// Whether nothing of a head is missing in what the library hands out, which ends where a NUL stands, and was taken out where a
/// name was empty or a line went on on the next one: each part must begin right behind the one before it, with one space in
/// the request line and CR LF behind each line (RFC 9112, sections 3 and 5).
///
/// In the first call of a request's handler, with what that was given; `target_size` is the length of the target as
/// MHD_OPTION_URI_LOG_CALLBACK had it.
int gapura_is_head_whole(
    struct MHD_Connection *connection, const char *method, const char *url, size_t target_size, const char *version);
