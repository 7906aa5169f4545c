#pragma once
#include <sqlite3.h>

// Swift cannot call variadic C functions nor see cast macros; these make them callable.

/// sqlite3_db_config for the options that take one int and report nothing back.
static inline int gapura_sqlite3_db_config_flag(sqlite3 *database, int option, int isOn) {
  return sqlite3_db_config(database, option, isOn, (int *)0);
}

/// Has SQLite keep no account of the memory that it uses, which costs a lock of the whole process for each piece. Only before
/// SQLite's first use in a process; later it changes nothing.
static inline int gapura_sqlite3_leave_memory_uncounted(void) {
  return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/// Binds a copy of `byteCount` bytes of UTF-8; a NUL among them survives.
static inline int gapura_sqlite3_bind_text(sqlite3_stmt *statement, int place, const char *bytes, sqlite3_uint64 byteCount) {
  return sqlite3_bind_text64(statement, place, bytes, byteCount, SQLITE_TRANSIENT, SQLITE_UTF8);
}

/// Binds a copy of `byteCount` bytes.
static inline int gapura_sqlite3_bind_blob(sqlite3_stmt *statement, int place, const void *bytes, sqlite3_uint64 byteCount) {
  return sqlite3_bind_blob64(statement, place, bytes, byteCount, SQLITE_TRANSIENT);
}
