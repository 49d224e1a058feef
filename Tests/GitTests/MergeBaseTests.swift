import Git
import TestSupport
import Testing

@Suite struct MergeBaseTests {
  /// The same at every run: a linear congruential generator.
  private struct Dice {
    var state: UInt64
    mutating func roll(_ sides: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % sides
    }
  }

  /// A tangle of 40 commits on 4 branches, with clocks that go wrong if so wanted.
  private func tangle(_ seed: UInt64, wrongClocks: Bool) throws -> TestRepository {
    var dice = Dice(state: seed)
    return try TestRepository {
      Commit("0", ["a": "0"])
      for branch in 1...3 {
        Commit("start \(branch)", on: "branch\(branch)", from: branch == 3 ? nil : "main")
      }
      for number in 1...36 {
        let branch = dice.roll(4)
        let other = (branch + 1 + dice.roll(3)) % 4
        let names = ["main", "branch1", "branch2", "branch3"]
        Commit(
          "\(number)", on: names[branch], merging: dice.roll(3) == 0 ? names[other] : nil,
          at: wrongClocks ? 1_000 + dice.roll(10) * 100 : nil)
      }
    }
  }

  @Test(arguments: [1, 2, 3, 4], [false, true])
  func `merge bases are git's in a tangle`(seed: UInt64, wrongClocks: Bool) throws {
    let fixture = try tangle(seed, wrongClocks: wrongClocks)
    let repository = try fixture.open()
    let ids = try fixture.git("rev-list", "--all").split(separator: "\n")
    var dice = Dice(state: seed)
    for _ in 0..<12 {
      let pair = [ids[dice.roll(ids.count)], ids[dice.roll(ids.count)]].map(String.init)
      let byGit = try fixture.command("git", arguments: ["merge-base", "--all"] + pair).run().lines
      let first = try #require(ObjectID(hex: pair[0]))
      let second = try #require(ObjectID(hex: pair[1]))
      let ours = try repository.mergeBases(first, second)
      #expect(Set(ours.map(\.hex)) == Set(byGit), "\(pair)")
      #expect(ours.count == byGit.count)
      let shared = try SharedHistory(of: first, in: repository).mergeBases(with: second)
      #expect(Set(shared) == Set(ours) && shared.count == ours.count, "\(pair)")
      let isAncestor =
        try fixture.command(
          "git", arguments: ["merge-base", "--is-ancestor"] + pair
        ).run().status == 0
      #expect(try repository.isAncestor(first, of: second) == isAncestor)
    }
  }

  @Test(arguments: [1, 2, 3, 4], [false, true])
  func `the ancestors are git's in a tangle`(seed: UInt64, wrongClocks: Bool) throws {
    let fixture = try tangle(seed, wrongClocks: wrongClocks)
    let repository = try fixture.open()
    for branch in ["main", "branch1", "branch2", "branch3"] {
      let byGit = try fixture.git("rev-list", branch).split(separator: "\n").map(String.init)
      var ancestors = Ancestors(of: [try repository.commitID(of: branch)], in: repository)
      var ours: [String] = []
      var given: Set<ObjectID> = []
      while let commit = try ancestors.next() {
        ours.append(commit.id.hex)
        // What leads to a start by more than one step may come up late where clocks are wrong.
        #expect(wrongClocks || given.isDisjoint(with: commit.parents))
        given.insert(commit.id)
      }
      #expect(Set(ours) == Set(byGit))
      #expect(ours.count == byGit.count)
    }
  }

  @Test(arguments: [1, 2, 3, 4])
  func `what a branch has beyond another is git's in a tangle`(seed: UInt64) throws {
    let fixture = try tangle(seed, wrongClocks: false)
    let repository = try fixture.open()
    for (branch, other) in [("main", "branch1"), ("branch2", "main"), ("branch3", "branch2")] {
      let byGit = try fixture.git("rev-list", branch, "^" + other).split(separator: "\n")
      var ancestors = Ancestors(
        of: [try repository.commitID(of: branch)],
        hiding: [try repository.commitID(of: other)], in: repository)
      var ours: [String] = []
      while let commit = try ancestors.next() { ours.append(commit.id.hex) }
      #expect(Set(ours) == Set(byGit.map(String.init)))
    }
  }

  @Test func `a criss-cross has two bases, strangers have none`() throws {
    let fixture = try TestRepository {
      Commit("root", ["a": "1"])
      Commit("left", on: "left", from: "main")
      Commit("right", on: "right", from: "main")
      Commit("left merge", on: "left-merged", from: "left", merging: "right")
      Commit("right merge", on: "right-merged", from: "right", merging: "left")
      Commit("stranger", on: "stranger")
    }
    let repository = try fixture.open()
    let bases = try repository.mergeBases(
      fixture.objectID("left merge"), fixture.objectID("right merge"))
    #expect(try bases == [fixture.objectID("right"), fixture.objectID("left")])
    let shared = SharedHistory(of: try fixture.objectID("left merge"), in: repository)
    #expect(try Set(shared.mergeBases(with: fixture.objectID("right merge"))) == Set(bases))
    #expect(
      try repository.mergeBases(fixture.objectID("root"), fixture.objectID("stranger")) == [])
    #expect(try shared.mergeBases(with: fixture.objectID("stranger")) == [])
  }
}
