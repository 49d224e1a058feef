#if canImport(System)
  internal import System
#else
  internal import SystemPackage
#endif

/// Adds bytes to the end of a file that is there.
package func append(_ bytes: some Sequence<UInt8>, toFile path: String) throws {
  let file = try FileDescriptor.open(FilePath(path), .writeOnly, options: .append)
  try file.closeAfter { _ = try file.writeAll(bytes) }
}
