import Gallery

#if canImport(Glibc)
  import Glibc
#endif

guard CommandLine.arguments.count == 3 else {
  print("usage: gapura-gallery REPOSITORY DIRECTORY")
  exit(EX_USAGE)
}
let gallery = try GalleryFiles(repository: CommandLine.arguments[1])
try gallery.writeAll(to: CommandLine.arguments[2])
print("open \(CommandLine.arguments[2])/index.html")
