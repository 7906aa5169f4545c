#ifndef STATEMENT_RECORDER_H
#define STATEMENT_RECORDER_H

// Loaded in front of SQLite (LD_PRELOAD), it writes down every single statement that a program has prepared by
// sqlite3_prepare_v3, as Store does: once for each process, in a file of the directory that this variable names, each
// followed by a NUL.
#define GAPURA_STATEMENTS_TO "GAPURA_STATEMENTS_TO"

#endif
