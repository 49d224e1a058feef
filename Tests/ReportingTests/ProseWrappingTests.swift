import Detection
import Reporting
import Testing

struct ProseWrappingTests {
  @Test func `prose stays within 80 columns`() {
    let text = remedy("say it again and again " + String(repeating: "and again ", count: 30))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func `a command is never broken`() {
    let command = "git restore --source=4f2c9e1 --staged --worktree -- 'solutions/My Sales/Other'"
    #expect(
      remedy(.command(command, purpose: "take it back")).contains("\n             \(command)\n"))
  }

  @Test func `a quoted name is never broken`() {
    let name = "'a name of several words that is rather long in itself'"
    #expect(remedy("restore the one that was called \(name) before").contains(name))
  }

  @Test func `an apostrophe opens no quotation`() {
    let text = remedy(
      "the maker's environment and the target's must agree, then the flows' names do")
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func `a sentence about git is no command`() {
    let text = remedy(
      "git cannot know that every environment has moved, so that removal is reported too")
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func `a wide character takes two columns`() {
    let text = remedy(String(repeating: "販売管理 ", count: 30))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 50 })
  }

  private func remedy(_ step: String) -> String { remedy(.text(step)) }

  private func remedy(_ step: FixStep) -> String {
    let finding = Finding(
      rule: .linkLost, severity: .error, confidence: .certain, solution: "Sales",
      summary: "a link is lost", consequence: "the flow stays off", fix: [step])
    return Samples.report([finding]).text
  }
}
