#if canImport(System)
  internal import System
#else
  internal import SystemPackage
#endif

/// Standard output or standard error of this process.
package enum StandardStream: Sendable {
  case output
  case error

  private var descriptor: FileDescriptor {
    switch self {
    case .output: .standardOutput
    case .error: .standardError
    }
  }

  /// Writes all bytes, or throws the system's reason why not.
  package func write(_ bytes: some Sequence<UInt8>) throws {
    try descriptor.writeAll(bytes)
  }

  package func write(_ text: String) throws { try write(text.utf8) }

  package var isTerminal: Bool { isatty(descriptor.rawValue) != 0 }

  /// Of its terminal, in columns; nil where there is no terminal, or one that does not say.
  package var width: Int? {
    var size = winsize()
    guard isTerminal, ioctl(descriptor.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0
    else { return nil }
    return Int(size.ws_col)
  }

  /// Everything that standard input still gives. Waits for its end.
  package static func input() throws -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try chunk.withUnsafeMutableBytes {
        try FileDescriptor.standardInput.read(into: $0)
      }
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
  }
}
