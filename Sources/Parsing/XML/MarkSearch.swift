internal import CBytes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// Finds the places of a large document that decide how much of it must be parsed, without parsing any.
package struct MarkSearch: Sendable {
  private let marks: (connref_mark, connref_mark, connref_mark)

  /// Takes marks of three ASCII characters, of which the first two should be rare beside each other.
  ///
  /// - Parameter letters: in lower case.
  package init(_ one: StaticString, _ two: StaticString, inAnyCase letters: StaticString) {
    marks = (Self.mark(one, mask: 0xff), Self.mark(two, mask: 0xff), Self.mark(letters, mask: 0xdf))
  }

  private static func mark(_ text: StaticString, mask: UInt8) -> connref_mark {
    precondition(text.utf8CodeUnitCount == 3, "a mark has three bytes")
    let bytes = text.utf8Start
    return connref_mark(bytes: (bytes[0] & mask, bytes[1] & mask, bytes[2] & mask))
  }

  /// Where the first of the marks begins, from `start` on; nil where there is none.
  package func next(in bytes: Span<UInt8>, from start: Int) -> Int? {
    bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress, start < bytes.count else { return nil }
      let found = connref_next_mark(base, start, bytes.count, marks.0, marks.1, marks.2)
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
