#if canImport(Glibc)
  import Glibc
#endif

exit(await BenchCommand.run())
