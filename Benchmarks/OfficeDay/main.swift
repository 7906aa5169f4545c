#if canImport(Glibc)
  import Glibc
#endif

exit(await DayCommand.run(CommandLine.arguments))
