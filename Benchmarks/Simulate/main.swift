import Simulator

#if canImport(Glibc)
  import Glibc
#endif

exit(await SimulateCommand.run(Array(CommandLine.arguments.dropFirst())))
