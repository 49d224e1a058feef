import Review
import Testing

@Suite struct OriginSearchTests {
  /// The result for one finding, and how many commits were asked.
  private func origin(_ states: [Bool]) -> (position: Int?, asked: Int) {
    var asked = 0
    var search = OriginSearch(commits: states.count, ids: ["a"])
    let origins = search.origins { position in
      asked += 1
      return states[position] ? ["a"] : []
    }
    return (origins["a"], asked)
  }

  @Test(arguments: 1...20)
  func `a finding that was introduced once is found where it was introduced`(since: Int) {
    let (position, asked) = origin((0..<20).map { $0 < since })
    #expect(position == since - 1)
    #expect(asked <= 6)
  }

  @Test func `hundreds of commits cost some ten comparisons`() {
    #expect(origin((0..<500).map { $0 < 321 }).asked <= 10)
  }

  @Test func `a finding that was introduced twice is found at one of those commits`() {
    let position = origin((0..<20).map { $0 < 5 || (10..<15).contains($0) }).position
    #expect(position == 4 || position == 14)
  }

  @Test func `a branch of one commit has it since that commit`() {
    let (position, asked) = origin([true])
    #expect(position == 0)
    #expect(asked == 0)
  }

  @Test func `a commit that another branch shares is not asked again`() {
    let states = (0..<100).map { $0 < 32 }
    var (asked, known): (Int, [Int: Set<String>]) = (0, [:])
    for shift in 0..<3 {
      var search = OriginSearch(commits: states.count + shift, ids: ["a"], known: known)
      let origins = search.origins { position in
        asked += 1
        known[position] = position < shift || states[position - shift] ? ["a"] : []
        return known[position] ?? []
      }
      #expect(origins["a"] == 31 + shift)
      known = Dictionary(uniqueKeysWithValues: known.map { ($0.key + 1, $0.value) })
    }
    #expect(asked <= 10)
  }
}
