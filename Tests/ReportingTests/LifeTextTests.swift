import Detection
import Reporting
import Solution
import Testing

struct LifeTextTests {
  @Test func `a life is shown from the beginning, a commit each`() {
    let first = Histories.moment("1", date: Histories.day - 86_400, summary: "Add the flow")
    let second = Histories.moment("2")
    let old = LogicalName("new_a")
    let new = LogicalName("new_b")
    let events = [
      LifeEvent(moment: second, reference: old, kind: .recreated, detail: "new_b"),
      LifeEvent(moment: second, reference: old, kind: .removed, detail: ""),
      LifeEvent(moment: second, reference: new, kind: .declared, detail: "as 'SharePoint Sales'"),
      LifeEvent(moment: first, reference: old, kind: .declared, detail: "as 'SharePoint Sales'"),
      LifeEvent(moment: first, reference: old, kind: .consumerGained, detail: "flow 'Notify'"),
    ]
    #expect(
      Report(reference: "new_a", events: events).text == """
        new_a
          2026-05-19 1111111111 by Anna Berg: Add the flow
            declared       as 'SharePoint Sales'
            gained         flow 'Notify'
          2026-05-20 2222222222 by Anna Berg: Fix the SharePoint connection
            re-created as  new_b
            removed

        new_b
          2026-05-20 2222222222 by Anna Berg: Fix the SharePoint connection
            declared       as 'SharePoint Sales'

        """)
  }

  @Test func `a name that no commit has is said to be unknown`() {
    #expect(
      Report(reference: "new_x", events: []).text
        == "no commit of all branches declares or uses 'new_x'\n")
  }
}
