#if canImport(Glibc)
  import Glibc
#endif

exit(await BenchCommand.run(Array(CommandLine.arguments.dropFirst())))
