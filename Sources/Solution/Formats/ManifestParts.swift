internal import Parsing
import Platform

/// The parts of a manifest that are needed, cut out of it: the head, before the components, and the
/// `Required` elements that need a reference or a custom connector. All else is searched and never
/// parsed.
struct ManifestParts {
  /// The document without its components and missing dependencies.
  let head: Element
  let required: [Manifest.Requirement]

  /// Nil where a part cannot be found by its bytes, as in UTF-16 or where there are
  /// comments; and where the file is damaged: then all of it is to be parsed, which says how.
  init?(_ bytes: Span<UInt8>) {
    guard !MarkSearch.holdsZero(bytes), Self.isWhole(bytes), let head = Self.head(in: bytes),
      let tags = Self.tags(in: bytes), let required = Self.requirements(tags, in: bytes)
    else { return nil }
    self.head = head
    self.required = required
  }

  /// Nil where `bytes`, the first of a file or all of them, do not hold the head, or the head is no
  /// document by itself.
  static func head(in bytes: Span<UInt8>) -> Element? {
    guard let end = firstIndex(of: "<RootComponents", in: bytes),
      !MarkSearch.holdsZero(bytes.extracting(..<end))
    else { return nil }
    return document(bytes.extracting(..<end), closedBy: "</SolutionManifest></ImportExportXml>")
  }

  /// The same, without the publisher's addresses, which are most of a head and follow all that is wanted.
  static func shortHead(in bytes: Span<UInt8>) -> Element? {
    guard let end = firstIndex(of: "<Addresses", in: bytes) else { return nil }
    let head = bytes.extracting(..<end)
    guard firstIndex(of: "</CustomizationPrefix>", in: head) != nil,
      firstIndex(of: "</Managed>", in: head) != nil, firstIndex(of: "</Version>", in: head) != nil,
      !MarkSearch.holdsZero(head)
    else { return nil }
    return document(head, closedBy: "</Publisher></SolutionManifest></ImportExportXml>")
  }

  private static func document(_ head: Span<UInt8>, closedBy tags: String) -> Element? {
    try? Element(file: [UInt8](copying: head) + Array(tags.utf8), keeping: Manifest.wanted)
  }

  /// A truncated file is no manifest, wherever it begins.
  private static func isWhole(_ bytes: Span<UInt8>) -> Bool {
    firstIndex(of: "</ImportExportXml>", in: bytes.extracting(last: 64)) != nil
  }

  /// Conflict markers; the type of a custom connector, 372; and what `connector` and
  /// `connectionreference` have in common, of which the two first letters are rare together.
  private static let marks = MarkSearch("<<<", "372", inAnyCase: "nne")

  /// The `Required` tags that hold a word in question, in order; nil where the file holds conflict
  /// markers, or a tag that does not end.
  private static func tags(in bytes: Span<UInt8>) -> [Range<Int>]? {
    var tags: [Range<Int>] = []
    var position = 0
    while let mark = marks.next(in: bytes, from: position) {
      position = mark + 1
      if bytes[mark] == UInt8(ascii: "<") {
        guard !holds("<<<<<<<", in: bytes, at: mark) else { return nil }
      } else if isQuoted("372", in: bytes, at: mark)
        || isQuoted("connector", in: bytes, at: mark - 2)
        || isQuoted("connectionreference", in: bytes, at: mark - 2)
      {
        guard let tag = tag(around: mark, in: bytes) else { return nil }
        position = tag.upperBound
        if isRequired(tag, in: bytes) { tags.append(tag) }
      }
    }
    return tags
  }

  /// In any letter case; `word` is in lower case.
  private static func holds(_ word: String, in bytes: Span<UInt8>, at start: Int) -> Bool {
    guard start >= 0, start + word.utf8.count <= bytes.count else { return false }
    var position = start
    for byte in word.utf8 {
      let other = bytes[position]
      let isUpper = other &- UInt8(ascii: "A") < 26
      guard byte == (isUpper ? other | 0x20 : other) else { return false }
      position += 1
    }
    return true
  }

  private static func isQuoted(_ word: String, in bytes: Span<UInt8>, at start: Int) -> Bool {
    guard start > 0, holds(word, in: bytes, at: start) else { return false }
    let end = start + word.utf8.count
    guard end < bytes.count else { return false }
    let quote = bytes[start - 1]
    return (quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")) && bytes[end] == quote
  }

  /// No attribute holds `<`; one may hold `>`.
  private static func tag(around position: Int, in bytes: Span<UInt8>) -> Range<Int>? {
    var start = position
    while bytes[start] != UInt8(ascii: "<") {
      guard start > 0 else { return nil }
      start -= 1
    }
    var quote: UInt8?
    for end in start..<bytes.count {
      let byte = bytes[end]
      if byte == quote {
        quote = nil
      } else if quote == nil {
        if byte == UInt8(ascii: ">") { return start..<(end + 1) }
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { quote = byte }
      }
    }
    return nil
  }

  private static func isRequired(_ tag: Range<Int>, in bytes: Span<UInt8>) -> Bool {
    let name = "<required"
    let end = tag.lowerBound + name.utf8.count
    return holds(name, in: bytes, at: tag.lowerBound) && bytes[end] <= UInt8(ascii: " ")
  }

  private static func requirements(
    _ tags: [Range<Int>], in bytes: Span<UInt8>
  ) -> [Manifest.Requirement]? {
    guard let first = tags.first else { return [] }
    // A comment may hold what looks like a tag, and another encoding other letters.
    guard firstIndex(of: "<!", in: bytes) == nil, isUTF8(bytes),
      let missing = firstIndex(of: "<MissingDependencies", in: bytes), missing < first.lowerBound
    else { return nil }
    var document = Array("<MissingDependency>".utf8)
    for tag in tags {
      let isClosed = bytes[tag.upperBound - 2] == UInt8(ascii: "/")
      document += [UInt8](copying: bytes.extracting(tag.lowerBound..<(tag.upperBound - 1)))
      document += Array((isClosed ? ">" : "/>").utf8)
    }
    document += Array("</MissingDependency>".utf8)
    guard
      let elements = try? Element(
        file: document, keeping: ["MissingDependency": ["Required": [:]]]
      ).children, elements.count == tags.count
    else { return nil }
    var line = 1
    var position = 0
    return zip(elements, tags).map { element, tag in
      line += MarkSearch.lineEnds(in: bytes, position..<tag.lowerBound)
      position = tag.lowerBound
      return Manifest.Requirement(element, line: line)
    }
  }

  /// By the declaration; without one it is.
  private static func isUTF8(_ bytes: Span<UInt8>) -> Bool {
    let declaration = bytes.extracting(first: 128)
    guard let start = firstIndex(of: "encoding=", in: declaration) else { return true }
    return holds("utf-8", in: declaration, at: start + "encoding=".utf8.count + 1)
  }
}
