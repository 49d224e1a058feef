/// Makes inputs from others, the same ones for the same seed.
struct Mutator {
  private var state: UInt64
  /// Pieces that mean something to the reader.
  private let words: [[UInt8]]
  private static let longest = 1 << 20

  init(seed: UInt64, words: [String]) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    self.words =
      words.map { Array($0.utf8) }
      + [
        [0], [0xFF], [0xEF, 0xBB, 0xBF], [0xFE, 0xFF], [0xFF, 0xFE], [0xC3, 0x28],
        [0xED, 0xA0, 0x80], [0x7F, 0xFF, 0xFF, 0xFF], [0x80, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF],
      ] + ["\n", "\r\n", " ", "\t", "-1", "0", "9999999999999999999"].map { Array($0.utf8) }
  }

  /// Mostly a few changes to one of them.
  mutating func input(from corpus: [[UInt8]]) -> [UInt8] {
    var bytes = corpus.isEmpty ? [] : corpus[below(corpus.count)]
    for _ in 0...below(below(4) == 0 ? 16 : 3) { change(&bytes, corpus) }
    return bytes.count > Self.longest ? Array(bytes.prefix(Self.longest)) : bytes
  }

  private mutating func change(_ bytes: inout [UInt8], _ corpus: [[UInt8]]) {
    guard !bytes.isEmpty else { return bytes.append(UInt8(below(256))) }
    let place = below(bytes.count)
    let length = 1 + below(min(bytes.count - place, below(3) == 0 ? 4096 : 12))
    switch below(12) {
    case 0: bytes[place] ^= 1 << UInt8(below(8))
    case 1: bytes[place] = UInt8(below(256))
    case 2: bytes.removeSubrange(place..<(place + length))
    case 3: bytes.removeSubrange(place...)
    case 4: bytes.insert(contentsOf: bytes[place..<(place + length)], at: below(bytes.count))
    case 5, 6: bytes.insert(contentsOf: words[below(words.count)], at: place)
    case 7:
      let word = words[below(words.count)]
      bytes.replaceSubrange(place..<min(bytes.count, place + word.count), with: word)
    case 8:
      let piece = Array(bytes[place..<(place + length)])
      for _ in 0..<(1 << below(9)) where bytes.count < Self.longest {
        bytes.insert(contentsOf: piece, at: place)
      }
    case 9:
      let other = corpus[below(corpus.count)]
      guard !other.isEmpty else { return }
      let start = below(other.count)
      bytes.replaceSubrange(place..., with: other[start...])
    case 10:
      let other = below(bytes.count)
      bytes.swapAt(place, other)
    default:
      // A digit that counts something.
      guard let digit = bytes[place...].firstIndex(where: { (0x30...0x39).contains($0) }) else {
        return
      }
      bytes[digit] = 0x30 + UInt8(below(10))
    }
  }

  /// Xorshift, of which the same seed gives the same numbers.
  private mutating func below(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(truncatingIfNeeded: state >> 33) % max(bound, 1)
  }
}
