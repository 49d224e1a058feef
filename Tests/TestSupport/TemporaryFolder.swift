#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A folder that exists as long as this object does. Its path holds a space, as users' paths do.
package final class TemporaryFolder: Sendable {
  /// Absolute, with symbolic links resolved.
  package let path: String

  package init() throws {
    var template = Array("/tmp/connref test XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer -> String? in
      guard let base = buffer.baseAddress, let name = mkdtemp(base) else { return nil }
      guard let resolved = realpath(name, nil) else { return String(cString: name) }
      defer { free(resolved) }
      return String(cString: resolved)
    }
    guard let made else { throw TestSupportError("could not make a temporary folder") }
    path = made
  }

  deinit {
    // A test may have taken the right to write from a folder; nothing depends on the outcome.
    _ = try? Command("rm", "-rf", path).run()
  }

  /// Writes a file below the folder, and the folders on its way.
  package func write(_ file: TestFile, to name: String) throws {
    try file.write(to: "\(path)/\(name)")
  }
}

/// What went wrong while a test was set up.
package struct TestSupportError: Error, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}
