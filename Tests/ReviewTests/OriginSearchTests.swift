import Review
import Testing

@Suite struct OriginSearchTests {
  /// The result for one finding, and how many commits were asked.
  private func origin(_ states: [Bool], containing: Int) -> (position: Int?, asked: Int) {
    var asked = 0
    var search = OriginSearch(commits: states.count, containing: containing, ids: ["a"])
    let origins = search.origins { position in
      asked += 1
      return states[position] ? ["a"] : []
    }
    return (origins["a"], asked)
  }

  @Test(arguments: 1...20)
  func `a finding that was introduced once is found where it was introduced`(since: Int) {
    let states = (0..<20).map { $0 < since }
    let (position, asked) = origin(states, containing: 20)
    #expect(position == since - 1)
    #expect(asked <= 6)
  }

  @Test func `hundreds of commits cost some ten comparisons`() {
    #expect(origin((0..<500).map { $0 < 321 }, containing: 500).asked <= 10)
  }

  @Test func `a finding that was introduced twice is found at one of those commits`() {
    let states = (0..<20).map { $0 < 5 || (10..<15).contains($0) }
    let position = origin(states, containing: 20).position
    #expect(position == 4 || position == 14)
  }

  @Test func `before the main branch was merged, the first commit without it ends the search`() {
    let states = (0..<20).map { $0 < 12 || $0 > 15 }
    #expect(origin(states, containing: 8).position == 11)
  }

  @Test func `what a comparison with an older commit shows by chance is never asked for`() {
    let states = (0..<20).map { $0 < 3 || $0 > 9 }
    #expect(origin(states, containing: 9).position == 2)
  }
}
