internal import Cexpat

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// Finds the places of a large document that decide how much of it must be parsed, without parsing any.
package struct MarkSearch: Sendable {
  /// Three letters, digits or signs.
  package struct Mark: Sendable {
    fileprivate let mark: connref_mark

    /// Takes three ASCII characters, letters in lower case.
    ///
    /// - Parameter ignoresCase: of letters.
    package init(_ text: StaticString, ignoresCase: Bool = false) {
      precondition(text.utf8CodeUnitCount == 3, "a mark has three bytes")
      let bytes = (text.utf8Start[0], text.utf8Start[1], text.utf8Start[2])
      let mask: UInt8 = ignoresCase ? 0xdf : 0xff
      mark = connref_mark(
        bytes: (bytes.0 & mask, bytes.1 & mask, bytes.2 & mask), masks: (mask, mask, mask))
    }
  }

  private let marks: (Mark, Mark, Mark)

  package init(_ one: Mark, _ two: Mark, _ three: Mark) { marks = (one, two, three) }

  /// Where the first of the marks begins, from `start` on; nil where there is none.
  package func next(in bytes: Span<UInt8>, from start: Int) -> Int? {
    bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress, start < bytes.count else { return nil }
      let found = connref_next_mark(
        base, start, bytes.count, marks.0.mark, marks.1.mark, marks.2.mark)
      return found < bytes.count ? found : nil
    }
  }

  /// True for a document with a zero byte: UTF-16, or no text.
  package static func holdsZero(_ bytes: Span<UInt8>) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      bytes.baseAddress.map { memchr($0, 0, bytes.count) != nil } ?? false
    }
  }

  /// How many lines of a document end in `range`, which ends before its last byte.
  package static func lineEnds(in bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress, range.upperBound < bytes.count else { return 0 }
      return connref_line_ends(base, range.lowerBound, range.upperBound)
    }
  }
}
