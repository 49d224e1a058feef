import Editing
import Testing

@Suite struct FileChangeTests {
  @Test func `changes that follow one another are one change a file`() {
    let joined = FileChange.joined([
      [
        FileChange(path: "b", before: [1], after: [2]),
        FileChange(path: "a", before: nil, after: [5]),
      ],
      [FileChange(path: "b", before: [2], after: [3])],
    ])
    #expect(
      joined == [
        FileChange(path: "a", before: nil, after: [5]),
        FileChange(path: "b", before: [1], after: [3]),
      ])
  }

  @Test func `a file that was added and removed again is not changed`() {
    #expect(
      FileChange.joined([
        [FileChange(path: "a", before: nil, after: [1])],
        [FileChange(path: "a", before: [1], after: nil)],
      ]).isEmpty)
  }
}
