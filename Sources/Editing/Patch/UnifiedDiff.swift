/// The hunks of a text file's change: removed lines, added lines, three lines around.
struct UnifiedDiff {
  private static let context = 3
  private static let noLineEnd = "\\ No newline at end of file\n"

  private typealias Line = ArraySlice<UInt8>

  private enum Step {
    case keep(Line)
    case remove(Line)
    case insert(Line)

    var isChange: Bool { if case .keep = self { false } else { true } }
  }

  private let steps: [Step]

  init(from before: [UInt8], to after: [UInt8]) {
    steps = Self.steps(from: Self.lines(before), to: Self.lines(after))
  }

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for hunk in hunks { bytes += text(of: hunk) }
    return bytes
  }

  /// Each with its line feed, which the last may lack. Bytes, not characters: what a line holds is of
  /// no concern.
  private static func lines(_ file: [UInt8]) -> [Line] {
    var lines: [Line] = []
    var start = 0
    while start < file.count {
      let end = file[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? file.count
      lines.append(file[start..<end])
      start = end
    }
    return lines
  }

  private static func steps(from before: [Line], to after: [Line]) -> [Step] {
    // Most of a file is equal on both sides, and needs no comparison of everything with everything.
    let head = zip(before, after).prefix { $0 == $1 }.count
    let tail = zip(before[head...].reversed(), after[head...].reversed()).prefix { $0 == $1 }.count
    let left = Array(before[head..<(before.count - tail)])
    let right = Array(after[head..<(after.count - tail)])
    let (removed, inserted) = changes(from: left, to: right)
    var steps = before[..<head].map(Step.keep)
    var here = 0
    var there = 0
    while here < left.count || there < right.count {
      if here < left.count, removed.contains(here) {
        steps.append(.remove(left[here]))
        here += 1
      } else if there < right.count, inserted.contains(there) {
        steps.append(.insert(right[there]))
        there += 1
      } else {
        steps.append(.keep(left[here]))
        here += 1
        there += 1
      }
    }
    return steps + before[(before.count - tail)...].map(Step.keep)
  }

  /// The positions of removed lines, and of inserted ones.
  private static func changes(
    from left: [Line], to right: [Line]
  ) -> (removed: Set<Int>, inserted: Set<Int>) {
    // Rows that are added at one place: the search would take the square of their number.
    if left.isEmpty || right.isEmpty { return (Set(left.indices), Set(right.indices)) }
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in right.difference(from: left) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    return (removed, inserted)
  }

  /// Ranges of steps; changes with few lines between them share one.
  private var hunks: [Range<Int>] {
    var hunks: [Range<Int>] = []
    for (index, step) in steps.enumerated() where step.isChange {
      let start = max(0, index - Self.context)
      let end = min(steps.count, index + Self.context + 1)
      if let last = hunks.last, start <= last.upperBound {
        hunks[hunks.count - 1] = last.lowerBound..<end
      } else {
        hunks.append(start..<end)
      }
    }
    return hunks
  }

  private func text(of hunk: Range<Int>) -> [UInt8] {
    var before = 1
    var after = 1
    for step in steps[..<hunk.lowerBound] {
      switch step {
      case .keep: (before, after) = (before + 1, after + 1)
      case .remove: before += 1
      case .insert: after += 1
      }
    }
    var body: [UInt8] = []
    var removed = 0
    var inserted = 0
    for step in steps[hunk] {
      switch step {
      case .keep(let line):
        (removed, inserted) = (removed + 1, inserted + 1)
        body += Self.marked(" ", line)
      case .remove(let line):
        removed += 1
        body += Self.marked("-", line)
      case .insert(let line):
        inserted += 1
        body += Self.marked("+", line)
      }
    }
    // Of no lines, the line before is named.
    let range = { (start: Int, count: Int) in "\(count == 0 ? start - 1 : start),\(count)" }
    return Array("@@ -\(range(before, removed)) +\(range(after, inserted)) @@\n".utf8) + body
  }

  private static func marked(_ mark: Unicode.Scalar, _ line: Line) -> [UInt8] {
    let marked = [UInt8(ascii: mark)] + line
    return line.last == UInt8(ascii: "\n") ? marked : marked + Array(("\n" + noLineEnd).utf8)
  }
}
