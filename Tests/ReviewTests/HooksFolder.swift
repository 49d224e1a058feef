import Foundation
import Review
import TestSupport

/// A hooks folder of its own for each test, in a temporary place with a space in its name.
final class HooksFolder {
  let url: URL
  private let top: URL

  init() throws {
    top = FileManager.default.temporaryDirectory.appending(path: "connref \(UUID().uuidString)")
    url = top.appending(path: "hooks")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    // what is left in the system's temporary folder harms no test
    try? FileManager.default.removeItem(at: top)
  }

  var installer: HookInstaller { HookInstaller(folder: url) }

  /// A path beside the hooks, for what must stay out of them.
  func beside(_ name: String) -> URL { top.appending(path: name) }

  func path(_ name: String) -> String { url.appending(path: name).path(percentEncoded: false) }

  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url.path(percentEncoded: false)).sorted()
  }

  func text(_ name: String) throws -> String {
    try String(contentsOf: url.appending(path: name), encoding: .utf8)
  }

  func mode(_ name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path(name))[.posixPermissions] as? Int
  }

  func write(_ name: String, _ text: String, mode: Int = 0o755) throws {
    try Self.write(url.appending(path: name), text, mode: mode)
  }

  /// A child of this process does the writing: while a test in another thread starts a program, that
  /// program holds what this process has open for writing, and running it would be refused
  /// ("text file busy").
  static func write(_ file: URL, _ text: String, mode: Int = 0o755) throws {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    let path = file.path(percentEncoded: false)
    let content = mode & 0o111 == 0 ? TestFile(text) : TestFile.executable(text)
    try content.write(to: path)
    try FileManager.default.setAttributes(
      [.posixPermissions: mode], ofItemAtPath: path)
  }
}
