/// The stream for `git fast-import`. The same commits give the same stream, so the same ids.
struct FastImport {
  private(set) var stream: [UInt8] = []
  /// The mark of each commit, by message.
  private(set) var marks: [String: Int] = [:]
  private var tips: [String: Int] = [:]
  private var time = 1_700_000_000

  init(_ commits: [Commit]) throws {
    for commit in commits { try add(commit) }
    line("done")
  }

  private mutating func add(_ commit: Commit) throws {
    guard marks[commit.message] == nil else {
      throw TestSupportError("two commits are called '\(commit.message)'")
    }
    let mark = marks.count + 1
    time = commit.time ?? time + 60
    let parent = try commit.parent.map(mark(of:)) ?? tips[commit.branch]
    let merged = try commit.merged.map(mark(of:))

    // Without this, fast-import takes the tip of an existing branch as the first parent.
    line("reset refs/heads/\(commit.branch)")
    line("")
    line("commit refs/heads/\(commit.branch)")
    line("mark :\(mark)")
    stream += Array("author ".utf8) + commit.author + Array(" \(time) +0000\n".utf8)
    line("committer Carl Committer <carl@example.com> \(time) +0000")
    data((commit.message + "\n" + (commit.body.isEmpty ? "" : "\n\(commit.body)\n")).utf8)
    if let parent { line("from :\(parent)") }
    for other in merged { line("merge :\(other)") }
    for (path, file) in commit.files { change(path, to: file) }
    line("")
    marks[commit.message] = mark
    tips[commit.branch] = mark
  }

  private mutating func change(_ path: [UInt8], to file: TestFile?) {
    guard let file else {
      stream += Array("D ".utf8) + path + [UInt8(ascii: "\n")]
      return
    }
    if file.kind == .submodule {
      stream += Array("M \(file.kind.rawValue) ".utf8) + file.bytes + [UInt8(ascii: " ")] + path
      line("")
      return
    }
    stream += Array("M \(file.kind.rawValue) inline ".utf8) + path
    line("")
    data(file.bytes)
  }

  private func mark(of name: String) throws -> Int {
    guard let mark = tips[name] ?? marks[name] else {
      throw TestSupportError("no commit and no branch is called '\(name)' so far")
    }
    return mark
  }

  private mutating func line(_ text: String) { stream += Array((text + "\n").utf8) }

  private mutating func data(_ bytes: some Collection<UInt8>) {
    line("data \(bytes.count)")
    stream += Array(bytes)
    line("")
  }
}
