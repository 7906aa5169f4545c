#ifndef GAPURA_SHIFTED_CLOCK_H
#define GAPURA_SHIFTED_CLOCK_H

/// Loaded into a program before its other libraries (`LD_PRELOAD`), this library shifts the date that the program
/// reads: timers go on as they are, so that dispatch queues, sleeps and polls keep working. (libfaketime stops the timers
/// of libdispatch.) The time since the machine started (CLOCK_BOOTTIME) is shifted only where time is to have gone by.
///
/// The shift is the sum of two numbers of nanoseconds, either of which may be missing or negative.

/// An environment variable with a decimal number: it holds for the program's whole life and for its children.
#define GAPURA_CLOCK_SHIFT "GAPURA_CLOCK_SHIFT"

/// An environment variable with the path of a file that holds two numbers in the machine's byte order, the shift of the
/// date and that of the uptime: whoever writes others into the file moves the running program's clocks.
#define GAPURA_CLOCK_SHIFT_FILE "GAPURA_CLOCK_SHIFT_FILE"

#endif
