import Foundation

// Measures the hour at which an office releases its places: a town of people after a few hundred of them, through HTTP.
//
//   gapura-bench-release            everybody at once, and then the same through the waiting room at the shipped rate; then
//                                   what /janji costs, in an empty office and in one with many bookings
//
// GAPURA_RELEASE_PEOPLE (20000), GAPURA_RELEASE_SECONDS (60) and GAPURA_RELEASE_BOOKINGS (10000) make it smaller; with few
// people it takes a few minutes.

exit(await ReleaseCommand.run())
