/// Bytes put in the place of others, in one file.
package struct ByteEdit: Hashable, Sendable {
  /// The removed bytes; empty for a mere insertion.
  package let range: Range<Int>
  /// The inserted bytes; empty for a mere removal.
  package let replacement: [UInt8]

  package init(_ range: Range<Int>, with replacement: [UInt8] = []) {
    self.range = range
    self.replacement = replacement
  }
}

extension Sequence<ByteEdit> {
  /// The file after these edits, given in any order; nil where two of them concern the same bytes. Of
  /// several insertions at one offset, the first given is first. Everything that no edit
  /// covers stays as it is, byte by byte.
  package func applied(to file: [UInt8]) -> [UInt8]? {
    let edits = enumerated().sorted {
      ($0.element.range.lowerBound, $0.element.range.isEmpty ? 0 : 1, $0.offset)
        < ($1.element.range.lowerBound, $1.element.range.isEmpty ? 0 : 1, $1.offset)
    }.map(\.element)
    var edited: [UInt8] = []
    edited.reserveCapacity(file.count)
    var position = 0
    for edit in edits {
      guard edit.range.lowerBound >= position, edit.range.upperBound <= file.count else {
        return nil
      }
      edited += file[position..<edit.range.lowerBound]
      edited += edit.replacement
      position = edit.range.upperBound
    }
    return edited + file[position...]
  }
}
