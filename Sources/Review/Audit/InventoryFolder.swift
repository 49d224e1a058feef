package import Git
import Platform
package import Solution

/// Reads what was saved of an environment: the answers of its Web API, as files of a folder or one file.
package struct InventoryFolder {
  package let environment: LiveEnvironment
  /// What could not be read, and what is missing.
  package let problems: [Problem]
  /// How many files were read.
  package let files: Int
  /// In bytes. A page has 5,000 rows at most, and a flow's definition some tens of kilobytes.
  private static let byteLimit = 512 << 20

  /// Throws where nothing there is an answer, or where the answers are of several environments.
  ///
  /// - Parameters:
  ///   - path: as the user wrote it; its last part begins the paths in a report.
  ///   - folder: what a relative path begins from.
  package init(_ path: String, from folder: String) throws(GitError) {
    let absolute = path.hasPrefix("/") ? path : "\(folder)/\(path)"
    var answers = LiveAnswers()
    let found = try Self.files(at: absolute, named: path)
    for (name, file) in found {
      switch DiskFiles.kind(of: file) {
      case .regular:
        switch DiskFiles.contents(of: file, limit: Self.byteLimit) {
        case .bytes(let bytes): answers.add(bytes, path: name)
        case .tooLarge(let size):
          answers.leaveOut(
            name, "is larger than the limit of \(Self.byteLimit >> 20) MB: \(size) bytes")
        case .unavailable(let reason), .damaged(let reason): answers.leaveOut(name, reason)
        }
      case .symbolicLink: answers.leaveOut(name, "is a symbolic link, which is never followed")
      case .hidden: answers.leaveOut(name, "cannot be read: permission denied")
      case .other, nil: continue
      }
    }
    guard !answers.isEmpty else {
      let reasons = answers.problems.map { "'\($0.path)' \($0.message.prefix { $0 != "\n" })" }
      throw GitError(
        .other,
        "could not read '\(path)': "
          + (reasons.first ?? "there is no .json file in it"),
        hint: "connref explain live-audit")
    }
    let hosts = answers.hosts
    guard hosts.count < 2 else {
      throw GitError(
        .other,
        "could not read '\(path)': it holds answers of \(hosts.count) environments, "
          + hosts.joined(separator: " and "),
        hint: "keep a folder for each environment")
    }
    (environment, problems) = answers.environment()
    files = found.count
  }

  /// Every `.json` of the folder, in order of their names; the file itself where it is one.
  private static func files(
    at path: String, named name: String
  ) throws(GitError) -> [(name: String, path: String)] {
    let base = name.split(separator: "/").last.map(String.init) ?? "inventory"
    switch DiskFiles.kind(of: path) {
    case .regular: return [(base, path)]
    case nil: throw GitError(.other, "could not find '\(name)'", hint: "connref explain live-audit")
    case .symbolicLink, .other, .hidden: break
    }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path)
    } catch {
      throw GitError(.other, "could not read the folder '\(name)': \(error.systemReason)")
    }
    return names.filter { $0.lowercased().hasSuffix(".json") }.sorted().map {
      ("\(base)/\($0)", "\(path)/\($0)")
    }
  }
}
