#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The content at a path of a commit, or of a folder.
package struct TestFile: Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  enum Kind: String {
    case regular = "100644"
    case executable = "100755"
    case symbolicLink = "120000"
    case submodule = "160000"
  }

  let kind: Kind
  package let bytes: [UInt8]

  package init(stringLiteral text: String) { self.init(text) }

  package init(_ text: String) { self.init(bytes: text.utf8) }

  package init(bytes: some Sequence<UInt8>) { self.init(kind: .regular, bytes: Array(bytes)) }

  private init(kind: Kind, bytes: [UInt8]) {
    self.kind = kind
    self.bytes = bytes
  }

  package static func executable(_ text: String) -> TestFile {
    TestFile(kind: .executable, bytes: Array(text.utf8))
  }

  package static func symbolicLink(to target: String) -> TestFile {
    TestFile(kind: .symbolicLink, bytes: Array(target.utf8))
  }

  /// A submodule at the commit with this id, which need not exist.
  package static func submodule(_ commit: String) -> TestFile {
    TestFile(kind: .submodule, bytes: Array(commit.utf8))
  }

  /// Puts the file on disk in place of what is there, with the folders on its way. The path is
  /// absolute.
  package func write(to path: String) throws {
    let parts = path.split(separator: "/")
    for count in 1..<max(parts.count, 1) {
      mkdir("/" + parts.prefix(count).joined(separator: "/"), 0o755)
    }
    unlink(path)
    switch kind {
    case .submodule: mkdir(path, 0o755)
    case .symbolicLink: symlink(String(decoding: bytes, as: UTF8.self), path)
    case .regular: try writeRegular(to: path)
    case .executable:
      // A program that another test starts in this moment inherits what is open for writing here, and
      // the kernel runs no file that is open for writing. So a program of its own writes it.
      let draft = path + ".draft"
      try writeRegular(to: draft)
      defer { unlink(draft) }
      try Command("cp", draft, path).succeed()
      chmod(path, 0o755)
    }
  }

  private func writeRegular(to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw TestSupportError("could not write '\(path)'") }
    defer { close(descriptor) }
    try writeAll(bytes, to: descriptor)
  }
}
