import Detection
import Reporting
import Testing

/// How a reader goes to the branch that a repair is for.
struct CheckoutTests {
  private let checkout = Checkout(
    current: "main", locals: ["main", "topic", "AB#1", "it's"],
    remotes: ["origin/main", "origin/topic", "origin/other"])

  private func command(_ branches: String...) -> String? {
    checkout.step(to: branches)?.line
  }

  @Test func `nothing is to be done where one of the branches is checked out`() {
    #expect(command("main") == nil)
    #expect(command("origin/topic", "main") == nil)
  }

  @Test func `a local branch is switched to, before a remote one`() {
    #expect(command("topic") == "first go to the branch: git switch topic")
    #expect(command("origin/other", "topic") == "first go to the branch: git switch topic")
  }

  @Test func `a remote branch gets a local one, or its local one is updated`() {
    #expect(command("origin/other") == "first go to the branch: git switch --track origin/other")
    #expect(
      command("origin/topic")
        == "first go to the branch: git switch topic && git merge --ff-only origin/topic")
    #expect(command("origin/main") == "first go to the branch: git merge --ff-only origin/main")
  }

  @Test func `a name is one word for a shell`() {
    #expect(command("AB#1") == "first go to the branch: git switch AB#1")
    #expect(command("it's") == "first go to the branch: git switch 'it'\\''s'")
  }

  @Test func `what is no branch is left alone`() {
    #expect(command("v1.0") == nil)
  }
}
