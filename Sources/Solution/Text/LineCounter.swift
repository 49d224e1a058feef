/// Turns byte offsets into lines on demand: in most files none is needed. Cheap for
/// offsets in ascending order.
struct LineCounter {
  private let bytes: [UInt8]
  private var offset = 0
  private var line = 1

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The line that holds the byte at `offset`, counted from 1.
  mutating func line(at wanted: Int) -> Int {
    if wanted < offset { (offset, line) = (0, 1) }
    line += lineBreaks(in: bytes.span, from: offset, to: wanted)
    offset = wanted
    return line
  }
}

/// The line that holds the byte at `offset`, counted from 1.
func line(at offset: Int, in bytes: [UInt8]) -> Int {
  1 + lineBreaks(in: bytes.span, from: 0, to: offset)
}

private func lineBreaks(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
  var count = 0
  var index = start
  let end = min(end, bytes.count)
  while index < end {
    if bytes[index] == UInt8(ascii: "\n") { count += 1 }
    index += 1
  }
  return count
}
