import Editing
import Solution
import Testing

@Suite struct FlowReferencesTests {
  private func flow(_ references: String, lineEnd: String = "\n") -> String {
    """
    {
      "properties": {\(references)
        "definition": {"a": "x y"}
      }
    }
    """.replacing("\n", with: lineEnd)
  }

  private let entries = """

        "connectionReferences": {
          "shared_a": {
            "connection": {
              "connectionReferenceLogicalName": "new_a b\\""
            }
          }
        },
    """

  private func restored(_ text: String, from former: String) throws -> String? {
    let edit = try FlowReferences(Array(text.utf8)).restoring(
      from: FlowReferences(Array(former.utf8)))
    return edited(text, edit.map { [$0] })
  }

  @Test(arguments: [
    "", "\n    \"connectionReferences\": {},", "\n    \"connectionReferences\": null,",
  ])
  func `entries are restored at any place`(left: String) throws {
    #expect(try restored(flow(left), from: flow(entries)) == flow(entries))
    #expect(
      try restored(flow(left, lineEnd: "\r\n"), from: flow(entries))
        == flow(entries, lineEnd: "\r\n"))
  }

  @Test func `a file of one line stays one`() throws {
    #expect(
      try restored(
        #"{"properties":{"connectionReferences":{},"definition":{}}}"#, from: flow(entries)) == #"""
          {"properties":{"connectionReferences":{"shared_a":{"connection":{"connectionReferenceLogicalName":"new_a b\""}}},"definition":{}}}
          """#)
  }

  @Test func `an entry that lost its name gets it back, what else it says stays`() throws {
    let former = flow(entries)
    let text = former.replacing(
      "{\n          \"connectionReferenceLogicalName\": \"new_a b\\\"\"\n        }",
      with: "{}, \"runtimeSource\": \"invoker\"")
    let edit = try FlowReferences(Array(text.utf8)).refilling(
      "shared_a", from: FlowReferences(Array(former.utf8)))
    #expect(
      edited(text, edit.map { [$0] })?.replacing(", \"runtimeSource\": \"invoker\"", with: "")
        == former)
    let other = try FlowReferences(Array(text.utf8)).refilling(
      "shared_a", from: FlowReferences(Array(former.utf8)), as: LogicalName("new_b"))
    #expect(
      edited(text, other.map { [$0] })?.contains("\"connectionReferenceLogicalName\": \"new_b\"")
        == true)
  }

  @Test func `an alias that one of the two does not have gets nothing`() throws {
    let flow = try FlowReferences(Array(flow(entries).utf8))
    #expect(flow.aliases == ["shared_a"])
    #expect(flow.refilling("shared_b", from: flow) == nil)
  }
}
