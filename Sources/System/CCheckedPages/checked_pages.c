#include "CCheckedPages.h"
#include "../guards.h"

#include <endian.h>
#include <sqlite3.h>
#include <string.h>

enum {
  PAGE = GAPURA_PAGE_BYTE_COUNT,
  CONTENT = GAPURA_PAGE_BYTE_COUNT - GAPURA_PAGE_RESERVED_BYTE_COUNT,
  // sqlite.org/fileformat2.html#walformat
  LOG_HEADER = 32,
  FRAME_HEADER = 24,
  FRAME = FRAME_HEADER + PAGE,
  // A page that is being written while it is read may come half new. It is whole a moment later.
  ATTEMPTS = 6,
  PAUSE_MICROSECONDS = 20000,
};

/// The page at this place holds SQLite's lock and is never written (sqlite.org/fileformat2.html, 1.5).
static const int64_t LOCK_BYTE = 0x40000000;

typedef struct checked_file {
  sqlite3_file base;
  int is_log;
} checked_file;

static sqlite3_vfs *below;
static sqlite3_vfs layer;

/// The file of the layer below, which lies behind this layer's own part.
static sqlite3_file *file_below(sqlite3_file *file) { return (sqlite3_file *)((checked_file *)file + 1); }

// MARK: checksums of pages

static uint64_t mixed(uint64_t state, uint64_t word) {
  // Each step can be undone, so two pages that differ in one word never come to the same sum.
  state = (state ^ word) * 0x9e3779b97f4a7c15u;
  return state << 29 | state >> 35;
}

static uint64_t word_at(const unsigned char *bytes) {
  uint64_t word;
  memcpy(&word, bytes, sizeof word);
  return le64toh(word);
}

/// The checksum of a page's content at its place: a page that was written to another place does not fit either.
/// Four lanes keep the processor's multipliers busy.
static uint64_t checksum(const unsigned char *page, int64_t offset) {
  uint64_t lanes[4] = {
    0x243f6a8885a308d3u ^ (uint64_t)(offset / PAGE + 1), 0x13198a2e03707344u, 0xa4093822299f31d0u, 0x082efa98ec4e6c89u,
  };
  int place = 0;
  for (; place + 32 <= CONTENT; place += 32)
    for (int lane = 0; lane < 4; lane++) lanes[lane] = mixed(lanes[lane], word_at(page + place + 8 * lane));
  for (int lane = 0; place < CONTENT; place += 8, lane++) lanes[lane] = mixed(lanes[lane], word_at(page + place));
  uint64_t sum = lanes[0];
  for (int lane = 1; lane < 4; lane++) sum = mixed(sum, lanes[lane]);
  return sum ^ sum >> 32;
}

static int is_sound_page(const unsigned char *page, int64_t offset) {
  return word_at(page + CONTENT) == checksum(page, offset);
}

// MARK: checksums of frames

/// SQLite takes a read that the disk refuses for damaged data. It may pass: what is damaged is told by its sum.
static int read_below(sqlite3_file *lower, void *bytes, int count, sqlite3_int64 offset) {
  int code = lower->pMethods->xRead(lower, bytes, count, offset);
  return code == SQLITE_IOERR_CORRUPTFS ? SQLITE_IOERR_READ : code;
}

static void add_to_log_sum(uint32_t sum[2], const unsigned char *bytes, int count) {
  // In the machine's own order of bytes, as SQLite writes it.
  for (int place = 0; place < count; place += 8) {
    uint32_t words[2];
    memcpy(words, bytes + place, sizeof words);
    sum[0] += words[0] + sum[1];
    sum[1] += words[1] + sum[0];
  }
}

static void read_log_sum(uint32_t sum[2], const unsigned char *bytes) {
  memcpy(sum, bytes, 8);
  sum[0] = be32toh(sum[0]);
  sum[1] = be32toh(sum[1]);
}

/// Each frame's sum goes on from the one before it, which stands in the header of the log or of the frame before.
static int check_frame(sqlite3_file *log, const unsigned char *page, int64_t offset, int *is_sound) {
  static const unsigned char unsealed[16];
  unsigned char header[FRAME_HEADER], before[8];
  int64_t start = offset - FRAME_HEADER;
  int64_t seed = start == LOG_HEADER ? LOG_HEADER - 8 : start - FRAME + FRAME_HEADER - 8;
  int code = read_below(log, header, sizeof header, start);
  if (code == SQLITE_OK) code = read_below(log, before, sizeof before, seed);
  if (code != SQLITE_OK) return code;
  // SQLite seals the frames of a transaction that outgrew its memory at the commit only.
  if (memcmp(header + 8, unsealed, sizeof unsealed) == 0) {
    *is_sound = 1;
    return SQLITE_OK;
  }
  uint32_t sum[2], kept[2];
  read_log_sum(sum, before);
  add_to_log_sum(sum, header, 8);
  add_to_log_sum(sum, page, PAGE);
  read_log_sum(kept, header + 16);
  *is_sound = sum[0] == kept[0] && sum[1] == kept[1];
  return SQLITE_OK;
}

// MARK: reading and writing

static int checked_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset) {
  sqlite3_file *lower = file_below(file);
  int code = read_below(lower, bytes, count, offset);
  if (code != SQLITE_OK) return code;
  int is_sound;
  if (((checked_file *)file)->is_log) {
    // Recovery reads whole frames, and compares their sums itself.
    if (count != PAGE || (offset - LOG_HEADER - FRAME_HEADER) % FRAME != 0) return SQLITE_OK;
    code = check_frame(lower, bytes, offset, &is_sound);
    if (code != SQLITE_OK) return code;
  } else if (count == PAGE && offset % PAGE == 0) {
    is_sound = is_sound_page(bytes, offset);
  } else {
    // SQLite looks at parts of the header, and goes by the whole first page afterwards. Pages of another size are asked
    // for when the header is damaged.
    is_sound = offset + count <= GAPURA_HEADER_BYTE_COUNT;
  }
  return is_sound ? SQLITE_OK : SQLITE_IOERR_DATA;
}

static int checked_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
  sqlite3_file *lower = file_below(file);
  if (((checked_file *)file)->is_log || count != PAGE || offset % PAGE != 0)
    return lower->pMethods->xWrite(lower, bytes, count, offset);
  unsigned char page[PAGE];
  memcpy(page, bytes, CONTENT);
  uint64_t sum = htole64(checksum(page, offset));
  memcpy(page + CONTENT, &sum, sizeof sum);
  return lower->pMethods->xWrite(lower, page, PAGE, offset);
}

// MARK: going over a file

static void wait_a_moment(void) { below->xSleep(below, PAUSE_MICROSECONDS); }

static int read_first_page(sqlite3_file *lower, gapura_first_page *found) {
  unsigned char page[PAGE];
  for (int attempt = 0;; attempt++) {
    sqlite3_int64 size;
    int code = lower->pMethods->xFileSize(lower, &size);
    if (code != SQLITE_OK) return code;
    found->file_byte_count = size;
    code = lower->pMethods->xRead(lower, page, PAGE, 0);
    if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ) return code;
    memcpy(found->header, page, sizeof found->header);
    found->is_sound = code == SQLITE_OK && is_sound_page(page, 0);
    if (found->is_sound || size == 0 || attempt == ATTEMPTS) return SQLITE_OK;
    wait_a_moment();
  }
}

/// How many pages the first one says that there are; more than lie there when some are gone.
static int count_pages(sqlite3_file *lower, int64_t *said, int64_t *there) {
  unsigned char number[4];
  sqlite3_int64 size;
  int code = lower->pMethods->xFileSize(lower, &size);
  if (code != SQLITE_OK) return code;
  *there = size / PAGE;
  *said = 0;
  if (size == 0) return SQLITE_OK;
  code = lower->pMethods->xRead(lower, number, sizeof number, 28);
  if (code != SQLITE_OK) return code;
  uint32_t pages;
  memcpy(&pages, number, sizeof pages);
  *said = be32toh(pages);
  return SQLITE_OK;
}

static int check_pages(sqlite3_file *lower, gapura_page_check *check) {
  int attempts = check->is_in_use ? ATTEMPTS : 0;
  int64_t said, there;
  for (int attempt = 0;; attempt++) {
    int code = count_pages(lower, &said, &there);
    if (code != SQLITE_OK) return code;
    if (said <= there || attempt == attempts) break;
    wait_a_moment();
  }
  check->page_count = said > there ? said : there;
  check->damaged = 0;
  for (int64_t number = check->first; number < check->first + check->count && number <= check->page_count; number++) {
    int64_t offset = (number - 1) * PAGE;
    if (offset == LOCK_BYTE) continue;
    unsigned char page[PAGE];
    for (int attempt = 0;; attempt++) {
      int code = lower->pMethods->xRead(lower, page, PAGE, offset);
      if (code == SQLITE_OK && is_sound_page(page, offset)) break;
      if (code != SQLITE_OK && (code & 0xff) != SQLITE_IOERR) return code;
      if (attempt == attempts) {
        check->damaged = number;
        return SQLITE_OK;
      }
      wait_a_moment();
    }
  }
  return SQLITE_OK;
}

static int checked_file_control(sqlite3_file *file, int operation, void *argument) {
  sqlite3_file *lower = file_below(file);
  switch (operation) {
    case GAPURA_FILE_CONTROL_FIRST_PAGE: return read_first_page(lower, argument);
    case GAPURA_FILE_CONTROL_CHECK: return check_pages(lower, argument);
    default: return lower->pMethods->xFileControl(lower, operation, argument);
  }
}

// MARK: what is handed on as it is

// A mapped page would be read past the layer: SQLite falls back to reading when it gets none.
static int checked_fetch(sqlite3_file *file, sqlite3_int64 offset, int count, void **page) {
  *page = 0;
  return SQLITE_OK;
}
static int checked_unfetch(sqlite3_file *file, sqlite3_int64 offset, void *page) { return SQLITE_OK; }

#define HAND_ON(file, call, ...) file_below(file)->pMethods->call(file_below(file), ##__VA_ARGS__)

static int checked_close(sqlite3_file *file) { return HAND_ON(file, xClose); }
static int checked_truncate(sqlite3_file *file, sqlite3_int64 size) { return HAND_ON(file, xTruncate, size); }
static int checked_sync(sqlite3_file *file, int flags) { return HAND_ON(file, xSync, flags); }
static int checked_file_size(sqlite3_file *file, sqlite3_int64 *size) { return HAND_ON(file, xFileSize, size); }
static int checked_lock(sqlite3_file *file, int lock) { return HAND_ON(file, xLock, lock); }
static int checked_unlock(sqlite3_file *file, int lock) { return HAND_ON(file, xUnlock, lock); }
static int checked_reserved_lock(sqlite3_file *file, int *is_held) {
  return HAND_ON(file, xCheckReservedLock, is_held);
}
static int checked_sector_size(sqlite3_file *file) { return HAND_ON(file, xSectorSize); }
static int checked_characteristics(sqlite3_file *file) { return HAND_ON(file, xDeviceCharacteristics); }
static int checked_shm_map(sqlite3_file *file, int region, int size, int extends, void volatile **memory) {
  return HAND_ON(file, xShmMap, region, size, extends, memory);
}
static int checked_shm_lock(sqlite3_file *file, int offset, int count, int flags) {
  return HAND_ON(file, xShmLock, offset, count, flags);
}
static void checked_shm_barrier(sqlite3_file *file) { HAND_ON(file, xShmBarrier); }
static int checked_shm_unmap(sqlite3_file *file, int deletes) { return HAND_ON(file, xShmUnmap, deletes); }

static const sqlite3_io_methods methods = {
  .iVersion = 3,
  .xClose = checked_close,
  .xRead = checked_read,
  .xWrite = checked_write,
  .xTruncate = checked_truncate,
  .xSync = checked_sync,
  .xFileSize = checked_file_size,
  .xLock = checked_lock,
  .xUnlock = checked_unlock,
  .xCheckReservedLock = checked_reserved_lock,
  .xFileControl = checked_file_control,
  .xSectorSize = checked_sector_size,
  .xDeviceCharacteristics = checked_characteristics,
  .xShmMap = checked_shm_map,
  .xShmLock = checked_shm_lock,
  .xShmBarrier = checked_shm_barrier,
  .xShmUnmap = checked_shm_unmap,
  .xFetch = checked_fetch,
  .xUnfetch = checked_unfetch,
};

static int checked_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *flags_out) {
  // Journals carry checksums of their own, and temporary files do not outlive the process.
  if (!(flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL))) return below->xOpen(below, name, file, flags, flags_out);
  file->pMethods = 0;
  int code = below->xOpen(below, name, file_below(file), flags, flags_out);
  if (code != SQLITE_OK) return code;
  ((checked_file *)file)->is_log = (flags & SQLITE_OPEN_WAL) != 0;
  file->pMethods = &methods;
  return SQLITE_OK;
}

int gapura_checked_pages_register(void) {
  below = sqlite3_vfs_find(0);
  if (!below) return SQLITE_ERROR;
  // All but opening files is the operating system's layer as it is.
  layer = *below;
  layer.zName = GAPURA_CHECKED_PAGES;
  layer.szOsFile = (int)sizeof(checked_file) + below->szOsFile;
  layer.xOpen = checked_open;
  layer.pNext = 0;
  return sqlite3_vfs_register(&layer, 0);
}
