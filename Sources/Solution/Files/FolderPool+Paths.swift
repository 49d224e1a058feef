extension FolderPool {
  /// A file by its path from the root, with `/` between parts.
  package struct Listed: Sendable {
    package let path: String
    package let content: ContentID
    package let kind: Folder.Kind

    package init(path: String, content: ContentID, kind: Folder.Kind) {
      self.path = path
      self.content = content
      self.kind = kind
    }
  }

  /// The root folder of a flat list of files, in any order; files that concern no solution are left
  /// out. Nil when none is left.
  package mutating func root(of files: [Listed]) -> Folder? {
    var entries: [Entry] = []
    for file in files {
      let parts = file.path.utf8.split(
        separator: UInt8(ascii: "/"), omittingEmptySubsequences: false
      ).map(Substring.init)
      let parent = parts.count > 1 ? parts[parts.count - 2] : ""
      guard let name = parts.last,
        let role = FileRole.role(ofFile: name.utf8.span, inFolder: parent.utf8.span),
        parts.dropLast().allSatisfy({ FileRole.mayHoldSolutions($0.utf8.span) })
      else { continue }
      entries.append(
        Entry(
          parts: parts,
          file: Folder.File(
            name: String(name), content: file.content, kind: file.kind, role: role)))
    }
    return folder(of: entries, depth: 0)
  }

  private struct Entry {
    let parts: [Substring]
    let file: Folder.File
  }

  private mutating func folder(of entries: [Entry], depth: Int) -> Folder? {
    var files: [Folder.File] = []
    var groups: [(name: Substring, entries: [Entry])] = []
    var positions: [Substring: Int] = [:]
    for entry in entries {
      guard entry.parts.count > depth + 1 else {
        files.append(entry.file)
        continue
      }
      let name = entry.parts[depth]
      // Lists are mostly in order, so the last folder is mostly the one.
      if let last = groups.last, last.name == name {
        groups[groups.count - 1].entries.append(entry)
      } else if let position = positions[name] {
        groups[position].entries.append(entry)
      } else {
        positions[name] = groups.count
        groups.append((name, [entry]))
      }
    }
    var children: [(name: String, folder: Folder)] = []
    for (name, group) in groups {
      if let child = folder(of: group, depth: depth + 1) {
        children.append((String(name), child))
      }
    }
    return folder(files: files, children: children)
  }
}
