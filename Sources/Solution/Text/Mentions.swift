/// True when a file may hold `word`, which is ASCII: asked before a file is parsed of which few
/// concern a reference. A UTF-16 file is taken to hold it.
func mentions(_ word: String, in file: [UInt8]) -> Bool {
  if file.starts(with: [0xFF, 0xFE]) || file.starts(with: [0xFE, 0xFF]) { return true }
  let word = Array(word.utf8)
  let bytes = file.span
  guard let first = word.first, bytes.count >= word.count else { return false }
  let end = bytes.count - word.count
  var start = 0
  while start <= end {
    if bytes[start] == first {
      var index = 1
      while index < word.count, bytes[start + index] == word[index] { index += 1 }
      if index == word.count { return true }
    }
    start += 1
  }
  return false
}
