import Editing
import Testing

@Suite struct ByteEditTests {
  private let file = Array("one two three".utf8)

  private func edited(_ edits: ByteEdit...) -> String? {
    edits.applied(to: file).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func `edits in any order change what they name and nothing else`() {
    let last = ByteEdit(8..<13, with: Array("3".utf8))
    let first = ByteEdit(0..<3, with: Array("1".utf8))
    #expect(edited(last, first) == "1 two 3")
  }

  @Test func `two insertions at one place keep their order`() {
    let edits = ["a", "b"].map { ByteEdit(4..<4, with: Array($0.utf8)) }
    #expect(edited(edits[0], edits[1]) == "one abtwo three")
  }

  @Test func `an insertion may be where something is taken out`() {
    #expect(edited(ByteEdit(4..<8), ByteEdit(4..<4, with: Array("2 ".utf8))) == "one 2 three")
  }

  @Test func `two edits of the same bytes are refused`() {
    #expect(edited(ByteEdit(0..<5), ByteEdit(4..<7)) == nil)
  }

  @Test func `an edit beyond the end is refused`() {
    #expect(edited(ByteEdit(8..<99)) == nil)
  }
}
