import Dataverse
package import Git
import Platform
package import Solution

/// Reads what was saved of an environment: an inventory with its manifest, or answers of the Web API as
/// files of a folder or one file.
package struct InventoryFolder {
  /// The last part of its path, which begins the paths in a report.
  package let name: String
  package let environment: LiveEnvironment
  /// Unreadable and missing files.
  package let problems: [Problem]
  /// How many files were read.
  package let files: Int
  /// When the environment was read, as the manifest says; nil without one.
  package let fetched: String?
  /// In bytes. A page has 5,000 rows at most, and a flow's definition some tens of kilobytes.
  private static let byteLimit = 512 << 20
  private static let hint = "connref inventory fetch --environment URL --output FOLDER"

  /// Throws where nothing there is an answer, where an inventory is not whole, or where the answers are of
  /// several environments.
  ///
  /// - Parameters:
  ///   - path: as the user wrote it; its last part begins the paths in a report.
  ///   - folder: what a relative path begins from.
  package init(_ path: String, from folder: String) throws(GitError) {
    let absolute = path.hasPrefix("/") ? path : "\(folder)/\(path)"
    name = Self.name(of: path)
    var answers = LiveAnswers()
    let found = try Self.files(at: absolute, named: path)
    let manifest = try Self.manifest(of: absolute, named: path)
    var missing = Set(manifest?.tables.flatMap { $0.files.map(\.name) } ?? [])
    let digests = (manifest?.tables.flatMap(\.files) ?? []).keyed(by: \.name)
      .mapValues(\.digest)
    for (name, file) in found {
      let last = name.split(separator: "/").last.map(String.init) ?? name
      if manifest != nil, last == InventoryManifest.fileName { continue }
      switch DiskFile.kind(of: file) {
      case .regular:
        missing.remove(last)
        switch DiskFiles.contents(of: file, limit: Self.byteLimit) {
        case .bytes(let bytes):
          if let reason = Self.mixUp(bytes, manifest.map { _ in digests[last] }) {
            answers.leaveOut(name, reason)
          } else {
            answers.add(bytes, path: name)
          }
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
    for name in missing.sorted() {
      answers.leaveOut(name, "is missing, and inventory.json names it")
    }
    guard !answers.isEmpty else {
      let reasons = answers.problems.map { "'\($0.path)' \($0.message.prefix { $0 != "\n" })" }
      throw GitError(
        .other,
        "could not read '\(path)': "
          + (reasons.first ?? "there is no .json file in it"),
        hint: Self.hint)
    }
    let hosts = answers.hosts
    guard hosts.count < 2 else {
      throw GitError(
        .other,
        "could not read '\(path)': it holds answers of \(hosts.count) environments, "
          + hosts.joined(separator: " and "),
        hint: "keep a folder for each environment")
    }
    (environment, problems) = answers.environment(
      saved: manifest?.extents, id: manifest?.environmentID)
    files = found.count
    fetched = manifest?.fetched
  }

  /// Nil where there is none: the folder then holds answers as scripts save them.
  private static func manifest(
    of path: String, named name: String
  ) throws(GitError) -> InventoryManifest? {
    guard DiskFile.kind(of: path) == .other else { return nil }
    let file = "\(path)/\(InventoryManifest.fileName)"
    guard DiskFile.kind(of: file) != nil else { return nil }
    guard DiskFile.kind(of: file) == .regular,
      case .bytes(let bytes) = DiskFiles.contents(of: file, limit: byteLimit),
      // With any fault, it is no manifest.
      let manifest = try? InventoryManifest(bytes)
    else {
      throw GitError(
        .other,
        "could not read '\(name)': its \(InventoryManifest.fileName) is not the manifest of an inventory",
        hint: hint)
    }
    guard manifest.connrefInventory <= InventoryManifest.currentFormat else {
      throw GitError(
        .other, "could not read '\(name)': a newer connref (\(manifest.version)) saved it")
    }
    guard manifest.complete else {
      throw GitError(
        .other, "could not read '\(name)': it is not complete, the fetch did not end", hint: hint)
    }
    return manifest
  }

  /// Why a file is not what the manifest says; nil where it is, and where there is no manifest.
  private static func mixUp(_ bytes: [UInt8], _ digest: String??) -> String? {
    guard let digest else { return nil }
    guard let digest else { return "is not part of the inventory: inventory.json does not list it" }
    // git may have changed the line ends; no text in these files holds a carriage return.
    return InventoryDigest.digest(of: bytes.filter { $0 != 0x0D }) == digest
      ? nil : "is not the file that inventory.json names: it was changed, or is of another fetch"
  }

  private static func name(of path: String) -> String {
    path.split(separator: "/").last { $0 != "." }.map(String.init) ?? "inventory"
  }

  /// Every `.json` of the folder, in order of their names; the file itself where it is one.
  private static func files(
    at path: String, named name: String
  ) throws(GitError) -> [(name: String, path: String)] {
    let base = Self.name(of: name)
    switch DiskFile.kind(of: path) {
    case .regular: return [(base, path)]
    case nil: throw GitError(.other, "could not find '\(name)'", hint: hint)
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

extension InventoryManifest {
  /// How much of each table is there, and why not all.
  fileprivate var extents: [EnvironmentTable: (extent: EnvironmentTable.Extent, reason: String?)] {
    Dictionary(
      tables.compactMap { table in
        EnvironmentTable(rawValue: table.name).map { ($0, (table.extent, table.reason)) }
      }, uniquingKeysWith: { $1 })
  }
}
