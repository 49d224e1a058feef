/// True when a file may hold `word`, which is ASCII: asked before a file is parsed of which few
/// concern a reference. A UTF-16 file is taken to hold it.
func mentions(_ word: String, in file: [UInt8]) -> Bool {
  if file.starts(with: [0xFF, 0xFE]) || file.starts(with: [0xFE, 0xFF]) { return true }
  return firstIndex(of: word, in: file.span) != nil
}

extension Collection<UInt8> {
  /// True when these bytes hold `word`, which is ASCII.
  func mentions(_ word: String) -> Bool {
    Solution.firstIndex(of: word, in: Array(self).span) != nil
  }
}

/// Where `word` begins first, which is ASCII and not empty.
///
/// Looks at the byte where the word would end, and moves on by as much as that byte allows (Horspool).
func firstIndex(of word: String, in bytes: Span<UInt8>) -> Int? {
  let word = Array(word.utf8)
  let last = word.count - 1
  guard last >= 0 else { return nil }
  var steps = [Int](repeating: word.count, count: 256)
  for index in 0..<last { steps[Int(word[index])] = last - index }
  var end = last
  while end < bytes.count {
    let byte = bytes[end]
    if byte == word[last] {
      var index = 0
      while index < last, bytes[end - last + index] == word[index] { index += 1 }
      if index == last { return end - last }
    }
    end += steps[Int(byte)]
  }
  return nil
}
