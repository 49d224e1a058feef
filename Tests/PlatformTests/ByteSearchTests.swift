import Platform
import Testing

@Suite("Searches in bytes")
struct ByteSearchTests {
  private func finds(_ word: String, in bytes: [UInt8]) -> Bool {
    holds(inAnyCase: word, bytes.span)
  }

  /// Around the places where blocks of bytes begin and end.
  @Test func `A word is found in any case, wherever it is`() {
    for length in [2, 3, 9, 70] {
      let word = String(repeating: "x_", count: length).suffix(length - 1) + "q"
      for before in 0..<140 {
        for after in [0, 1, 63, 64, 65] {
          func bytes(_ word: String) -> [UInt8] {
            Array((String(repeating: "x", count: before) + word).utf8)
              + [UInt8](repeating: UInt8(ascii: "Q"), count: after)
          }
          #expect(finds(String(word), in: bytes(word.uppercased())))
          #expect(!finds("\(word)!", in: bytes(String(word))))
        }
      }
    }
  }

  @Test func `Bytes that differ in one bit from a letter are others`() {
    #expect(finds("a_1", in: Array("…A_1".utf8)))
    #expect(!finds("a_1", in: Array("A\u{7f}1".utf8)))
    #expect(!finds("a@", in: Array("A`".utf8)))
    #expect(!finds("ab", in: []))
  }
}
