#ifndef GAPURA_SHIFTED_CLOCK_H
#define GAPURA_SHIFTED_CLOCK_H

/// Loaded into a program before its other libraries (`LD_PRELOAD`), this library shifts the date that the program
/// reads, and nothing else: monotonic clocks and timers go on as they are, so that dispatch queues, sleeps and polls
/// keep working. (libfaketime stops the timers of libdispatch.)
///
/// The shift is the sum of two numbers of nanoseconds, either of which may be missing or negative.

/// An environment variable with a decimal number: it holds for the program's whole life and for its children.
#define GAPURA_CLOCK_SHIFT "GAPURA_CLOCK_SHIFT"

/// An environment variable with the path of a file that holds a number in the machine's byte order: whoever writes
/// another number into the file moves the running program's clock.
#define GAPURA_CLOCK_SHIFT_FILE "GAPURA_CLOCK_SHIFT_FILE"

#endif
