#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A nameless file that is removed with this value.
struct ScratchFile: ~Copyable {
  let descriptor: Int32

  init() throws {
    var template = Array("/tmp/connref-scratch-XXXXXX".utf8CString)
    descriptor = template.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return -1 }
      let descriptor = mkstemp(base)
      guard descriptor >= 0 else { return -1 }
      unlink(base)
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      return descriptor
    }
    guard descriptor >= 0 else { throw TestSupportError("could not make a scratch file") }
  }

  deinit { close(descriptor) }

  func fill(with bytes: [UInt8]) throws {
    try writeAll(bytes, to: descriptor)
    lseek(descriptor, 0, SEEK_SET)
  }

  var contents: [UInt8] { readAll(descriptor) }
}

func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    guard count > 0 else { throw TestSupportError("could not write a file") }
    rest = rest.dropFirst(count)
  }
}

func readAll(_ descriptor: Int32) -> [UInt8] {
  lseek(descriptor, 0, SEEK_SET)
  var all: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    guard count > 0 else { return all }
    all += chunk[..<count]
  }
}
