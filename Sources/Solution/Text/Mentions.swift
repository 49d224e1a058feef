import Platform

/// True when a file may hold `word`, which is ASCII: asked before a file is parsed of which few
/// concern a reference. A UTF-16 file is taken to hold it.
func mentions(_ word: String, in file: [UInt8]) -> Bool {
  if file.starts(with: [0xFF, 0xFE]) || file.starts(with: [0xFE, 0xFF]) { return true }
  return firstIndex(of: word, in: file.span) != nil
}

extension Collection<UInt8> {
  /// True when these bytes hold `word`, which is ASCII.
  func mentions(_ word: String) -> Bool {
    Platform.firstIndex(of: word, in: Array(self).span) != nil
  }
}
