import Platform
import Solution

/// Finds logical names as whole words, in any letter case: each at its first place in a text.
///
/// A few are searched one by one. For many, the text is read once: the words of a text, joined by
/// single dots and hyphens, are looked up by a hash of the text from each word to the end.
struct NameSearch {
  /// Below it, one by one is faster.
  private static let fewNames = 8
  /// Of names that are no words, and so have to be searched one by one.
  private static let oddNameLimit = 64

  private let names: [LogicalName]
  private let single: [(name: LogicalName, search: WordSearch)]
  /// Numbers of names, by the hash of their bytes.
  private let table: [UInt64: [Int]]
  private let longest: Int
  /// The beginnings of all names, in lower case; nil where one has none that can be searched for.
  private let prefixes: Set<String>?
  /// True where some names are not searched for.
  let isIncomplete: Bool

  init(_ names: [LogicalName]) {
    self.names = names
    let isFew = names.count <= Self.fewNames
    let alone = isFew ? names : names.filter { !Self.isWords($0) }
    isIncomplete = alone.count > max(Self.oddNameLimit, Self.fewNames)
    single = alone.prefix(Self.oddNameLimit).map { ($0, WordSearch($0)) }
    var table: [UInt64: [Int]] = [:]
    var longest = 0
    for (number, name) in names.enumerated() where !isFew && Self.isWords(name) {
      let bytes = Array(name.key.utf8)
      let hash = bytes.reversed().reduce(0, Self.hash)
      table[hash, default: []].append(number)
      longest = max(longest, bytes.count)
    }
    self.table = table
    self.longest = longest
    let prefixes = names.map { name -> String? in
      let prefix = name.key.prefix { $0 != "_" }
      return prefix.isEmpty || prefix.endIndex == name.key.endIndex
        || !prefix.utf8.allSatisfy { $0 < 0x80 } ? nil : prefix + "_"
    }
    self.prefixes = prefixes.contains(nil) ? nil : Set(prefixes.compactMap { $0 })
  }

  /// The lines are counted from 1; in no order.
  func firstLines(in text: Span<UInt8>) -> [(name: LogicalName, line: Int)] {
    // All names begin with the prefixes of a few publishers, which most files do not hold.
    if let prefixes, !prefixes.contains(where: { holds(inAnyCase: $0, text) }) { return [] }
    var found = single.compactMap { name, search in
      search.firstLine(in: text).map { (name: name, line: $0) }
    }
    guard !table.isEmpty else { return found }
    var seen: Set<Int> = []
    var line = 1
    var position = 0
    while position < text.count {
      guard isPartOfWord(text[position]) else {
        if text[position] == UInt8(ascii: "\n") { line += 1 }
        position += 1
        continue
      }
      let end = endOfWords(from: position, in: text)
      for number in namesEnding(at: end, from: position, in: text)
      where seen.insert(number).inserted {
        found.append((names[number], line))
      }
      position = end
    }
    return found
  }

  /// Behind the last word of those that are joined by single dots and hyphens.
  private func endOfWords(from start: Int, in text: Span<UInt8>) -> Int {
    var end = start
    while end < text.count {
      if !isPartOfWord(text[end]) {
        guard text[end] == UInt8(ascii: ".") || text[end] == UInt8(ascii: "-"),
          end + 1 < text.count, isPartOfWord(text[end + 1])
        else { break }
      }
      end += 1
    }
    return end
  }

  /// The names that begin at a word and end at the end of the words.
  private func namesEnding(at end: Int, from start: Int, in text: Span<UInt8>) -> [Int] {
    var found: [Int] = []
    var hash: UInt64 = 0
    var position = end
    while position > start, end - position < longest {
      position -= 1
      hash = Self.hash(hash, lowercase(text[position]))
      // Far fewer places begin a word than have a byte of one.
      guard WordSearch.isStart(position, in: text), let numbers = table[hash] else { continue }
      for number in numbers where isEqual(names[number], from: position, to: end, in: text) {
        found.append(number)
      }
    }
    return found
  }

  private func isEqual(
    _ name: LogicalName, from start: Int, to end: Int, in text: Span<UInt8>
  ) -> Bool {
    let bytes = name.key.utf8
    guard bytes.count == end - start else { return false }
    return zip(start..<end, bytes).allSatisfy { lowercase(text[$0]) == $1 }
  }

  /// Of bytes from the last to the first, so that each byte before makes one more hash (FNV-1a).
  private static func hash(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x100_0000_01b3 &+ 1
  }

  /// True for words that single dots and hyphens join: every name that Dataverse makes.
  private static func isWords(_ name: LogicalName) -> Bool {
    let bytes = Array(name.key.utf8)
    guard let first = bytes.first, let last = bytes.last, isPartOfWord(first), isPartOfWord(last)
    else { return false }
    return bytes.indices.allSatisfy { index in
      isPartOfWord(bytes[index])
        || (bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: "-"))
          && isPartOfWord(bytes[index + 1])
    }
  }
}

/// Finds a logical name as a whole word, in any letter case (Horspool, as `QuotedWordSearch`).
///
/// Names are prefixes of one another: `new_sql` of `new_sql_1a2b3`, and of `new_sql.shared_x` where
/// an agent made it. The text before it must be another word, except `ConnRef_`, by which some
/// pipelines name their variables (`DataverseConnRef_<name>`, `PACKAGEDEPLOYER_SETTINGS_CONNREF_<NAME>`).
struct WordSearch {
  private let word: [UInt8]
  /// By byte: how far its last place in the word is from the end.
  private let steps: [Int]

  init(_ name: LogicalName) {
    word = Array(name.key.utf8)
    var steps = [Int](repeating: max(word.count, 1), count: 256)
    for (index, byte) in word.dropLast().enumerated() {
      steps[Int(byte)] = word.count - 1 - index
      if byte &- UInt8(ascii: "a") < 26 { steps[Int(byte ^ 0x20)] = word.count - 1 - index }
    }
    self.steps = steps
  }

  /// The line of the first place of which `isWanted` answers true, counted from 1.
  func firstLine(
    in text: Span<UInt8>, where isWanted: (Range<Int>) -> Bool = { _ in true }
  ) -> Int? {
    guard !word.isEmpty else { return nil }
    var end = word.count - 1
    while end < text.count {
      let start = end - (word.count - 1)
      if Self.holds(word, at: start, in: text), isWhole(start, end + 1, in: text),
        isWanted(start..<(end + 1))
      {
        var line = 1
        for index in 0..<start where text[index] == UInt8(ascii: "\n") { line += 1 }
        return line
      }
      end += steps[Int(text[end])]
    }
    return nil
  }

  /// True where no word continues from before.
  static func isStart(_ start: Int, in text: Span<UInt8>) -> Bool {
    guard start > 0, isPartOfWord(text[start - 1]) else { return true }
    return start >= variable.count && holds(variable, at: start - variable.count, in: text)
  }

  private static let variable = Array("connref_".utf8)

  private func isWhole(_ start: Int, _ end: Int, in text: Span<UInt8>) -> Bool {
    guard Self.isStart(start, in: text) else { return false }
    guard end < text.count else { return true }
    if isPartOfWord(text[end]) { return false }
    let mayGoOn = text[end] == UInt8(ascii: ".") || text[end] == UInt8(ascii: "-")
    return !(mayGoOn && end + 1 < text.count && isPartOfWord(text[end + 1]))
  }

  private static func holds(_ word: [UInt8], at start: Int, in text: Span<UInt8>) -> Bool {
    var index = word.count - 1
    while index >= 0 {
      if lowercase(text[start + index]) != word[index] { return false }
      index -= 1
    }
    return true
  }
}

private func isPartOfWord(_ byte: UInt8) -> Bool {
  lowercase(byte) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
    || byte == UInt8(ascii: "_") || byte >= 0x80
}

/// Of an ASCII letter.
func lowercase(_ byte: UInt8) -> UInt8 {
  byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
}
