/// The words that a misspelt one may mean.
package enum Spelling {
  /// The candidate that is nearest to `word`, the first of several; nil where none is near enough to be
  /// meant. Letter case does not count.
  package static func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
    // A word of three letters may have one wrong, longer ones one in three.
    let limit = max(1, word.count / 3)
    var best: (word: String, distance: Int)?
    for candidate in candidates where abs(candidate.count - word.count) <= limit {
      let distance = distance(
        Array(word.lowercased().unicodeScalars), Array(candidate.lowercased().unicodeScalars),
        limit: limit)
      guard distance <= limit, distance < best?.distance ?? .max else { continue }
      best = (candidate, distance)
    }
    return best?.word
  }

  /// The number of letters to add, remove, replace or swap with their neighbours; more than
  /// `limit` where that is known early.
  private static func distance(
    _ one: [Unicode.Scalar], _ other: [Unicode.Scalar], limit: Int
  ) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...other.count)
    for (row, letter) in one.enumerated() {
      var current = [row + 1]
      for (column, counterpart) in other.enumerated() {
        var cost = min(
          last[column + 1] + 1, current[column] + 1, last[column] + (letter == counterpart ? 0 : 1))
        if row > 0, column > 0, letter == other[column - 1], one[row - 1] == counterpart {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current.append(cost)
      }
      if (current.min() ?? 0) > limit { return limit + 1 }
      (beforeLast, last) = (last, current)
    }
    return last[other.count]
  }
}
