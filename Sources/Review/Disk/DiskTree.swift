package import Git
import Platform
package import Solution

/// The files of a folder, or of one zip, without git: what a maker exported, what a pipeline is about to
/// import. Links are not followed.
package struct DiskTree: FileTree {
  package let root: Folder?
  /// Problems of the listing.
  let problems: [Problem]
  /// Of a zip: git's id of its bytes, as `git hash-object` prints it. Nil for a folder.
  package let blob: ObjectID?
  private let files: [ContentID: String]

  /// As for git, where no tree made by hand is deeper.
  private static let depthLimit = 256
  /// Ten times the largest repository of solutions that was seen.
  private static let fileLimit = 1_000_000

  /// Throws where there is nothing, or nothing that could hold a solution.
  ///
  /// - Parameters:
  ///   - path: as the user wrote it.
  ///   - folder: what a relative path begins from.
  package init(_ path: String, from folder: String) throws(GitError) {
    let absolute = path.hasPrefix("/") ? path : "\(folder)/\(path)"
    var listing = Listing()
    switch DiskFile.kind(of: absolute) {
    case .regular:
      let name = path.split(separator: "/").last.map(String.init) ?? path
      guard FileRole.role(ofFile: name, inFolder: "") == .archive else {
        throw GitError(
          .other, "could not look at '\(path)': it is neither a folder nor a zip",
          hint: "give the folder of an unpacked solution, or the zip of an exported one")
      }
      blob = listing.add(absolute, as: name)
    case .symbolicLink where !DiskFile.isFolder(absolute):
      throw GitError(
        .other, "could not look at '\(path)': it is a symbolic link, which is never followed",
        hint: "give the file that it leads to")
    case .other where !DiskFile.isFolder(absolute):
      throw GitError(
        .other, "could not look at '\(path)': it is neither a folder nor a zip",
        hint: "give the folder of an unpacked solution, or the zip of an exported one")
    case .other, .symbolicLink:
      // The path itself was given: it may be a link. Links below it are not followed.
      let resolved = URL(filePath: absolute).resolvingSymlinksInPath().path(percentEncoded: false)
      blob = nil
      if let fault = listing.add(folder: resolved, path: "", depth: 0) {
        throw GitError(.other, "could not look at '\(path)': \(fault)")
      }
    case .hidden:
      throw GitError(.other, "could not look at '\(path)': permission denied")
    case nil:
      throw GitError(.other, "could not find '\(path)'")
    }
    var pool = FolderPool()
    root = pool.root(of: listing.files)
    files = listing.onDisk
    problems = listing.problems
  }

  package func contents(of id: ContentID, limit: Int) -> FileContents {
    guard let path = files[id] else { return .unavailable("could not find the file") }
    return DiskFiles.contents(of: path, limit: limit)
  }

  private struct Listing {
    var files: [FolderPool.Listed] = []
    var onDisk: [ContentID: String] = [:]
    var problems: [Problem] = []

    /// - Returns: git's id of the file; nil where it could not be read, which is a problem then.
    @discardableResult
    mutating func add(_ absolute: String, as path: String) -> ObjectID? {
      switch DiskFiles.contents(of: absolute, limit: SnapshotReader.byteLimit) {
      case .bytes(let bytes):
        let id = Repository.blobID(of: bytes)
        onDisk[ContentID(id)] = absolute
        files.append(FolderPool.Listed(path: path, content: ContentID(id), kind: .regular))
        return id
      case .tooLarge(let size):
        problems.append(
          Problem(
            path: path,
            message: "is larger than the limit of \(SnapshotReader.byteLimit >> 20) MB: "
              + "\(size) bytes"))
      case .unavailable(let reason), .damaged(let reason):
        problems.append(Problem(path: path, message: reason))
      }
      return nil
    }

    /// - Returns: why the whole cannot be listed; nil where it can.
    mutating func add(folder: String, path: String, depth: Int) -> String? {
      guard depth < DiskTree.depthLimit else { return "it is more than \(depth) folders deep" }
      guard files.count < DiskTree.fileLimit else { return "it holds too many files" }
      let names: [String]
      do {
        names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      } catch {
        if depth == 0 { return "the folder cannot be read" }
        problems.append(Problem(path: path, message: "the folder cannot be read"))
        return nil
      }
      let parent = path.split(separator: "/").last.map(String.init) ?? ""
      for name in names where name != ".git" {
        let (inner, absolute) = (path.isEmpty ? name : "\(path)/\(name)", "\(folder)/\(name)")
        switch DiskFile.kind(of: absolute) {
        case .regular:
          if FileRole.role(ofFile: name, inFolder: parent) != nil { add(absolute, as: inner) }
        case .symbolicLink:
          if FileRole.role(ofFile: name, inFolder: parent) != nil {
            files.append(
              FolderPool.Listed(
                path: inner, content: ContentID(ObjectID.zero), kind: .symbolicLink))
          }
        case .hidden: problems.append(Problem(path: inner, message: "permission denied"))
        case .other:
          if FileRole.mayHoldSolutions(name.utf8.span),
            let fault = add(folder: absolute, path: inner, depth: depth + 1)
          {
            return fault
          }
        case nil: continue
        }
      }
      return nil
    }
  }
}
