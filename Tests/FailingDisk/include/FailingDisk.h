#ifndef FAILING_DISK_H
#define FAILING_DISK_H

// Loaded in front of the C library (LD_PRELOAD), it makes one directory lie on a disk that fills up, fails or is slow, for
// the program that is started with it. What it does is read from a file of int64 that the test changes while the program
// runs, in the machine's byte order:
//
//   0  room in bytes: what makes a file longer takes from it, what makes it shorter gives back; -1 for no bound
//   1  the error (errno) that each change of a file fails with from now on; 0 for none. EROFS also keeps files from being
//      opened for writing
//   2  which call that changes a file fails next, counted from 1; 0 for none, and it is 0 again once that one has failed
//   3  the error of that call
//   4  how many calls that change a file there have been
//   5  how many milliseconds a sync takes longer
//   6  which read at a place (pread), as databases do it, fails next with EIO, counted from 1; 0 for none, and it is 0 again
//      once that one has failed
#define GAPURA_DISK_FILE "GAPURA_DISK_FILE"
#define GAPURA_DISK_DIRECTORY "GAPURA_DISK_DIRECTORY"

#endif
