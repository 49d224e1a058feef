internal import CBytes

/// Where `word` begins first, which is ASCII and not empty; nil where it does not occur.
///
/// By the C library, which looks at many bytes at once. Of a word of two bytes the second one is looked
/// for, so that one should be rare.
package func firstIndex(of word: String, in bytes: Span<UInt8>) -> Int? {
  var word = word
  return word.withUTF8 { word in
    bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress, let first = word.baseAddress, !word.isEmpty else {
        return nil
      }
      guard word.count == 2 else {
        let found = connref_find(base, bytes.count, first, word.count)
        return found < bytes.count ? found : nil
      }
      var position = 1
      while position < bytes.count,
        let found = memchr(base + position, Int32(word[1]), bytes.count - position)
      {
        position = UnsafeRawPointer(found) - UnsafeRawPointer(base)
        if bytes[position - 1] == word[0] { return position - 1 }
        position += 1
      }
      return nil
    }
  }
}

/// True where the bytes hold `word` in any case of letters: ASCII in lower case, of two bytes at least.
package func holds(inAnyCase word: String, _ bytes: Span<UInt8>) -> Bool {
  var word = word
  return word.withUTF8 { word in
    bytes.withUnsafeBufferPointer { bytes in
      guard let first = word.baseAddress, let base = bytes.baseAddress, word.count > 1,
        bytes.count >= word.count
      else { return false }
      return connref_find_in_any_case(base, bytes.count, first, word.count) < bytes.count
    }
  }
}

extension [UInt8] {
  package init(copying bytes: Span<UInt8>) {
    self = bytes.withUnsafeBufferPointer { Array($0) }
  }
}
