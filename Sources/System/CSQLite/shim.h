#pragma once
#include <sqlite3.h>

// Swift cannot call variadic C functions nor see cast macros; these make them callable.

/// sqlite3_db_config for the options that take one int and report nothing back.
static inline int gapura_sqlite3_db_config_flag(sqlite3 *database, int option, int isOn) {
  return sqlite3_db_config(database, option, isOn, (int *)0);
}

/// Binds a copy of `byteCount` bytes of UTF-8; a NUL among them survives.
static inline int gapura_sqlite3_bind_text(sqlite3_stmt *statement, int place, const char *bytes, sqlite3_uint64 byteCount) {
  return sqlite3_bind_text64(statement, place, bytes, byteCount, SQLITE_TRANSIENT, SQLITE_UTF8);
}

/// Binds a copy of `byteCount` bytes.
static inline int gapura_sqlite3_bind_blob(sqlite3_stmt *statement, int place, const void *bytes, sqlite3_uint64 byteCount) {
  return sqlite3_bind_blob64(statement, place, bytes, byteCount, SQLITE_TRANSIENT);
}
