/// A commit of a repository described in code. Its message is what the test calls it.
package struct Commit: Sendable {
  let message: String
  let branch: String
  let parent: String?
  let merged: [String]
  let files: [(path: [UInt8], file: TestFile?)]
  let author: [UInt8]
  let body: String
  let time: Int?

  /// - Parameters:
  ///   - message: Its first line; unique within the repository.
  ///   - branch: The branch it goes on top of; made where it does not exist.
  ///   - parent: Commit or branch that the branch starts from, or is set to. Nil: the branch's tip,
  ///     or no parent at all where the branch is new.
  ///   - merged: Commit or branch that is merged by it: a further parent, none of its files.
  ///   - others: Those that are merged too, in an octopus.
  ///   - files: What differs from the first parent: a file put there, or nil for one taken away.
  ///   - rawFiles: The same for paths that are no valid text.
  ///   - author: `Name <mail>`; bytes, since real ones are not always valid text.
  ///   - body: What follows the first line.
  ///   - time: Author and commit date in seconds since 1970. Nil: a minute after the last commit.
  package init(
    _ message: String, on branch: String = "main", from parent: String? = nil,
    merging merged: String? = nil, and others: [String] = [], _ files: [String: TestFile?] = [:],
    author: [UInt8] = Array("Ann Author <ann@example.com>".utf8), body: String = "",
    at time: Int? = nil, rawFiles: [(path: [UInt8], file: TestFile?)] = []
  ) {
    self.message = message
    self.branch = branch
    self.parent = parent
    self.merged = (merged.map { [$0] } ?? []) + others
    self.author = author
    self.body = body
    self.time = time
    self.files =
      files.sorted { $0.key < $1.key }.map { (Array($0.key.utf8), $0.value) } + rawFiles
  }
}

/// Puts the commits of a repository described in code in a row; `if`, `for` and arrays are fine.
@resultBuilder
package enum History {
  package static func buildExpression(_ commit: Commit) -> [Commit] { [commit] }
  package static func buildExpression(_ commits: [Commit]) -> [Commit] { commits }
  package static func buildBlock(_ parts: [Commit]...) -> [Commit] { parts.flatMap { $0 } }
  package static func buildOptional(_ part: [Commit]?) -> [Commit] { part ?? [] }
  package static func buildEither(first part: [Commit]) -> [Commit] { part }
  package static func buildEither(second part: [Commit]) -> [Commit] { part }
  package static func buildArray(_ parts: [[Commit]]) -> [Commit] { parts.flatMap { $0 } }
}
