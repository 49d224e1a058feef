/// True when a file may hold `word`, which is ASCII: asked before a file is parsed of which few
/// concern a reference. A UTF-16 file is taken to hold it.
///
/// Looks at the byte where the word would end, and moves on by as much as that byte allows (Horspool).
func mentions(_ word: String, in file: [UInt8]) -> Bool {
  if file.starts(with: [0xFF, 0xFE]) || file.starts(with: [0xFE, 0xFF]) { return true }
  let word = Array(word.utf8)
  let bytes = file.span
  let last = word.count - 1
  guard last >= 0 else { return false }
  var steps = [Int](repeating: word.count, count: 256)
  for index in 0..<last { steps[Int(word[index])] = last - index }
  var end = last
  while end < bytes.count {
    let byte = bytes[end]
    if byte == word[last] {
      var index = 0
      while index < last, bytes[end - last + index] == word[index] { index += 1 }
      if index == last { return true }
    }
    end += steps[Int(byte)]
  }
  return false
}
