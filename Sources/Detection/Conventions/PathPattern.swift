/// A pattern for paths, as `.gitignore` writes them: `*` and `?` stay within one folder, `**` is any
/// number of folders, and a pattern that names a folder matches all that is in it.
///
/// Letter case counts, as it does in git. Matching takes at most time proportional to the pattern
/// times the path, for any pattern.
package struct PathPattern: Sendable, Hashable, CustomStringConvertible {
  /// As the user wrote it.
  package let text: String
  private let parts: [WildcardText]

  /// A `/` at the end or the beginning, and a leading `./`, say nothing.
  package init(_ text: String) {
    self.text = text
    parts = text.split(separator: "/").filter { $0 != "." }.map { WildcardText(String($0)) }
  }

  package var description: String { text }

  /// - Parameter path: from the root of the repository, with `/` between parts.
  package func matches(_ path: String) -> Bool {
    let folders = path.split(separator: "/")
    // reached[i]: the first i parts of the pattern take up all folders seen so far.
    var reached = [Bool](repeating: false, count: parts.count + 1)
    reached[0] = true
    skipEmptyRuns(&reached)
    if reached[parts.count] { return true }
    for folder in folders {
      var next = [Bool](repeating: false, count: parts.count + 1)
      for (position, part) in parts.enumerated() where reached[position] {
        if part.isAnyDepth {
          next[position] = true
        } else if part.matches(folder) {
          next[position + 1] = true
        }
      }
      skipEmptyRuns(&next)
      reached = next
      // What is below a folder that matched belongs to it.
      if reached[parts.count] { return true }
    }
    return false
  }

  /// `**` may match no folder at all.
  private func skipEmptyRuns(_ reached: inout [Bool]) {
    for (position, part) in parts.enumerated() where reached[position] && part.isAnyDepth {
      reached[position + 1] = true
    }
  }
}

/// A text with `*` (any run of characters) and `?` (one), compared without letter case for names and
/// with it for paths.
package struct WildcardText: Sendable, Hashable, CustomStringConvertible {
  package let text: String
  private let pattern: [Character]

  package init(_ text: String) {
    self.text = text
    pattern = Array(text)
  }

  package var description: String { text }

  /// True for `**`, which matches folders and not characters.
  var isAnyDepth: Bool { text == "**" }

  package func matches(_ candidate: some StringProtocol) -> Bool {
    let candidate = Array(candidate)
    var here = 0
    var there = 0
    // The last star, and how much of the candidate it has taken: going back no further than to it
    // keeps the time at pattern times candidate.
    var star: (pattern: Int, candidate: Int)?
    while there < candidate.count {
      if here < pattern.count, pattern[here] == "*" {
        star = (here, there)
        here += 1
      } else if here < pattern.count, pattern[here] == "?" || pattern[here] == candidate[there] {
        here += 1
        there += 1
      } else if let last = star {
        star = (last.pattern, last.candidate + 1)
        here = last.pattern + 1
        there = last.candidate + 1
      } else {
        return false
      }
    }
    return pattern[here...].allSatisfy { $0 == "*" }
  }

  /// The same, letter case aside.
  package func matchesIgnoringCase(_ candidate: String) -> Bool {
    WildcardText(text.lowercased()).matches(candidate.lowercased())
  }
}
