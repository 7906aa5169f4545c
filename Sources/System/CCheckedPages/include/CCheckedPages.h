#pragma once
#include <stdint.h>

// A layer between SQLite and its files (sqlite.org/vfs.html) that notices damage: each page of a database carries a
// checksum in its last eight bytes, which is set on each write and compared on each read, and each page that is read from
// a write-ahead log is compared with the checksum that SQLite has put into the log. A page that does not fit is never
// handed on: reading it fails with SQLITE_IOERR_DATA.

/// The name under which databases are opened through the layer (the fourth argument of sqlite3_open_v2).
#define GAPURA_CHECKED_PAGES "gapura-checked"
/// The only size of pages that the layer knows.
#define GAPURA_PAGE_BYTE_COUNT 4096
/// What each page keeps free for its checksum: byte 20 of a database's header.
#define GAPURA_PAGE_RESERVED_BYTE_COUNT 8
#define GAPURA_HEADER_BYTE_COUNT 100

/// Makes the layer known to SQLite, once a process, before the first database is opened through it.
///
/// Returns one of SQLite's result codes.
int gapura_checked_pages_register(void);

/// For sqlite3_file_control on a database that was opened through the layer; takes a gapura_first_page.
#define GAPURA_FILE_CONTROL_FIRST_PAGE 0x47707201

/// What a database's file begins with, as it lies there.
typedef struct gapura_first_page {
  int64_t file_byte_count;
  /// Zeros in the place of what is not there.
  unsigned char header[GAPURA_HEADER_BYTE_COUNT];
  /// Whether the first page's checksum fits.
  int is_sound;
} gapura_first_page;

/// For sqlite3_file_control on a database that was opened through the layer; takes a gapura_page_check.
#define GAPURA_FILE_CONTROL_CHECK 0x47707202

/// Pages of a file to be gone over.
typedef struct gapura_page_check {
  /// In: the first page, counted from 1, and how many.
  int64_t first;
  int64_t count;
  /// In: whether others may be writing, so that a page that does not fit is read again a moment later.
  int is_in_use;
  /// Out: how many pages there should be.
  int64_t page_count;
  /// Out: the first one that does not fit or is not there; 0 when all do. The search ends with it.
  int64_t damaged;
} gapura_page_check;
