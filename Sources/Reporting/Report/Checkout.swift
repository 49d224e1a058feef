package import Detection

/// The branch that is checked out, and how to go to another one: a repair changes what is checked out.
package struct Checkout: Sendable {
  private let current: String?
  private let locals: Set<String>
  private let remotes: Set<String>

  /// - Parameters:
  ///   - current: The branch that is checked out, as people write it; nil for none.
  ///   - locals: Every local branch: `topic`.
  ///   - remotes: Every remote-tracking branch: `origin/topic`.
  package init(current: String?, locals: Set<String>, remotes: Set<String>) {
    self.current = current
    self.locals = locals
    self.remotes = remotes
  }

  /// The command that goes to the first of these branches, as people write them; nil where one of them is
  /// checked out, and where none is a branch of the repository.
  package func step(to branches: [String]) -> FixStep? {
    if let current, branches.contains(current) { return nil }
    let branch = branches.first(where: locals.contains) ?? branches.first(where: remotes.contains)
    return branch.map { .command(command(to: $0), purpose: "first go to the branch") }
  }

  private func command(to branch: String) -> String {
    let word = Self.quoted(branch)
    if locals.contains(branch) { return "git switch \(word)" }
    let own = branch.split(separator: "/", maxSplits: 1).last.map(String.init) ?? branch
    guard locals.contains(own) else { return "git switch --track \(word)" }
    // The local branch of that name does not have it: it is at another commit.
    let update = "git merge --ff-only \(word)"
    return own == current ? update : "git switch \(Self.quoted(own)) && \(update)"
  }

  /// A word for a shell. git allows most signs in the name of a branch.
  static func quoted(_ name: String) -> String {
    let isPlain = name.unicodeScalars.allSatisfy { scalar in
      scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        || ["/", "_", "-", ".", "#", "@", "+"].contains(scalar)
    }
    return isPlain && name.first != "#" ? name : "'\(name.replacing("'", with: "'\\''"))'"
  }
}
