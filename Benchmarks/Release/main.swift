import Foundation

// Measures the hour at which an office releases its places: a town of people after a few hundred of them, through HTTP.
//
//   gapura-bench-release            everybody at once, and then the same through the waiting room
//
// GAPURA_RELEASE_PEOPLE (20000) and GAPURA_RELEASE_SECONDS (60) make it smaller; with few people it takes a minute.

exit(await ReleaseCommand.run())
