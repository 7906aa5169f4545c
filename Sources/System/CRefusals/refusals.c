// For RTLD_NEXT.
#define _GNU_SOURCE
#include "CRefusals.h"
#include "../guards.h"

#include <dlfcn.h>
#include <microhttpd.h>
#include <string.h>
#include <strings.h>

typedef enum MHD_Result (*queue_response)(struct MHD_Connection *, unsigned int, struct MHD_Response *);
typedef enum MHD_Result (*set_value)(
    struct MHD_Connection *, enum MHD_ValueKind, const char *, size_t, const char *, size_t);

static queue_response library_queue_response;
static set_value library_set_value;
static gapura_refuser refuser;

/// Before any thread is there.
__attribute__((constructor)) static void find_library(void) {
  library_queue_response = (queue_response)dlsym(RTLD_NEXT, "MHD_queue_response");
  library_set_value = (set_value)dlsym(RTLD_NEXT, "MHD_set_connection_value_n");
}

/// Whether the name leads here, for the library too.
static int is_first(const char *name, void *function) { return dlsym(RTLD_DEFAULT, name) == function; }

int gapura_take_over_refusals(gapura_refuser new_refuser) {
  __atomic_store_n(&refuser, new_refuser, __ATOMIC_RELEASE);
  return library_queue_response != NULL && library_set_value != NULL
      && is_first("MHD_queue_response", (void *)MHD_queue_response)
      && is_first("MHD_set_connection_value_n", (void *)MHD_set_connection_value_n)
      && is_first("MHD_lookup_connection_value_n", (void *)MHD_lookup_connection_value_n);
}

int gapura_queue_response(struct MHD_Connection *connection, unsigned int status, struct MHD_Response *response) {
  return library_queue_response != NULL && library_queue_response(connection, status, response) == MHD_YES;
}

// MARK: What the library calls

/// Called for answers of the library's own alone: ours go by gapura_queue_response.
enum MHD_Result MHD_queue_response(
    struct MHD_Connection *connection, unsigned int status, struct MHD_Response *response) {
  gapura_refuser answer = __atomic_load_n(&refuser, __ATOMIC_ACQUIRE);
  if (answer == NULL) return library_queue_response(connection, status, response);
  return answer(connection, status) ? MHD_YES : MHD_NO;
}

/// Called for each header field, and for each pair of a query.
///
/// The engine reads the query itself, and pairs for which there is no memory leave the library with a request that is neither
/// refused nor read on.
enum MHD_Result MHD_set_connection_value_n(
    struct MHD_Connection *connection, enum MHD_ValueKind kind, const char *key, size_t key_size, const char *value,
    size_t value_size) {
  if (kind == MHD_GET_ARGUMENT_KIND) return MHD_YES;
  return library_set_value(connection, kind, key, key_size, value, value_size);
}

typedef struct field {
  const char *name;
  size_t name_size;
  const char *value;
  size_t value_size;
} field;

static int is_named(const char *name, size_t size, const char *wanted) {
  return size == strlen(wanted) && strncasecmp(name, wanted, size) == 0;
}

static enum MHD_Result find(
    void *context, enum MHD_ValueKind kind, const char *name, size_t name_size, const char *value, size_t value_size) {
  (void)kind;
  field *wanted = context;
  if (name == NULL || value == NULL || name_size != wanted->name_size
      || strncasecmp(name, wanted->name, name_size) != 0)
    return MHD_YES;
  wanted->value = value;
  wanted->value_size = value_size;
  return MHD_NO;
}

/// Called for the few fields by which the library decides something before the handler is asked.
enum MHD_Result MHD_lookup_connection_value_n(
    struct MHD_Connection *connection, enum MHD_ValueKind kind, const char *key, size_t key_size,
    const char **value_ptr, size_t *value_size_ptr) {
  // The engine takes them apart itself, and the library has no memory for many.
  if (key == NULL || is_named(key, key_size, MHD_HTTP_HEADER_COOKIE)) return MHD_NO;
  field wanted = {key, key_size, NULL, 0};
  MHD_get_connection_values_n(connection, kind, find, &wanted);
  if (wanted.value == NULL) return MHD_NO;
  // White space behind a value is not part of it (RFC 9110, section 5.5).
  while (wanted.value_size > 0
         && (wanted.value[wanted.value_size - 1] == ' ' || wanted.value[wanted.value_size - 1] == '\t'))
    wanted.value_size -= 1;
  if (is_named(key, key_size, MHD_HTTP_HEADER_CONTENT_LENGTH)) {
    int is_length = wanted.value_size > 0 && wanted.value_size <= GAPURA_LENGTH_DIGIT_COUNT_MAX
        && strspn(wanted.value, "0123456789") >= wanted.value_size;
    if (!is_length) return MHD_NO;
  }
  // Compared to its end without a look at the size.
  if (is_named(key, key_size, MHD_HTTP_HEADER_TRANSFER_ENCODING)
      && is_named(wanted.value, wanted.value_size, "chunked"))
    wanted.value = "chunked";
  if (value_ptr != NULL) *value_ptr = wanted.value;
  if (value_size_ptr != NULL) *value_size_ptr = wanted.value_size;
  return MHD_YES;
}

// MARK: Whether a head is whole

typedef struct walk {
  /// The end of what was looked at last, before its CR LF.
  const char *end;
  int is_whole;
} walk;

static enum MHD_Result step(
    void *context, enum MHD_ValueKind kind, const char *name, size_t name_size, const char *value, size_t value_size) {
  (void)kind;
  walk *walked = context;
  walked->is_whole = name == walked->end + 2 && value != NULL && value > name + name_size;
  if (!walked->is_whole) return MHD_NO;
  walked->end = value + value_size;
  return MHD_YES;
}

int gapura_is_head_whole(
    struct MHD_Connection *connection, const char *method, const char *url, size_t target_size, const char *version) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
  if (info == NULL || method == NULL || url == NULL || version == NULL) return 0;
  if (url != method + strlen(method) + 1 || version != url + target_size + 1) return 0;
  walk walked = {version + strlen(version), 1};
  MHD_get_connection_values_n(connection, MHD_HEADER_KIND, step, &walked);
  // The last line's CR LF and the empty line's.
  return walked.is_whole && walked.end + 4 == method + info->header_size;
}
