import Detection
import Reporting
import Solution
import Testing

struct RuleTextTests {
  static let rule = DocumentedRule(
    id: .referenceRecreated,
    documentation: RuleDocumentation(
      title: "a reference was deleted and re-created under another logical name",
      severities: [.error, .warning("without consumers")],
      whatItDoes: """
        Compares removed with added names: equal connector, and an equal display name or flows that \
        moved.
        """,
      whyItIsBad: "The target environment has no connection for the new name.",
      fix: [
        .command(
          "git checkout HEAD -- solutions/Sales/Other/Customizations.xml",
          purpose: "Restore the old logical name"),
        "Or declare both.",
      ],
      knownProblems: "",
      sources: [
        "https://learn.microsoft.com/power-apps/maker/data-platform/create-connection-reference"
      ],
      examples: [
        RuleExample(
          "re-created",
          before: [
            .reference("new_a_a1b2c", "Sales", "shared_x"), .flow("Notify", ["new_a_a1b2c"]),
            .row("new_a_a1b2c"),
          ],
          after: [
            .reference("new_a_9d8e7", "Sales", "shared_x"), .flow("Notify", ["new_a_9d8e7"]),
            .row("new_a_a1b2c"),
          ],
          reports: [.referenceRecreated, .settingsStale]),
        RuleExample(
          "only the display name", before: [.reference("new_a", "Sales", "shared_x")],
          after: [.reference("new_a", "Orders", "shared_x", solution: "Base")], reports: []),
      ]))

  @Test func `a rule is explained in sections`() {
    #expect(
      ExplainReport(Self.rule).text == """
        reference-recreated
          a reference was deleted and re-created under another logical name
          severity: error; warning without consumers

        What it does
          Compares removed with added names: equal connector, and an equal display name
          or flows that moved.

        Why it is bad
          The target environment has no connection for the new name.

        Fix
          * Restore the old logical name:
            git checkout HEAD -- solutions/Sales/Other/Customizations.xml
          * Or declare both.

        Example: re-created
          - reference new_a_a1b2c 'Sales' shared_x
          - flow 'Notify' uses new_a_a1b2c
          + reference new_a_9d8e7 'Sales' shared_x
          + flow 'Notify' uses new_a_9d8e7
            config/prod.json binds new_a_a1b2c
          finding: reference-recreated, settings-stale

        Example: only the display name
          - reference new_a 'Sales' shared_x
          + reference new_a 'Orders' shared_x (in Base)
          no finding

        Sources
          https://learn.microsoft.com/power-apps/maker/data-platform/create-connection-reference

        """)
  }

  @Test func `the rules are a table`() {
    let other = DocumentedRule(
      id: .linkLost,
      documentation: RuleDocumentation(
        title: "a link is lost", severities: [.error], whatItDoes: "", whyItIsBad: "", fix: [],
        knownProblems: "", sources: [], examples: []))
    #expect(
      ExplainReport.list(of: [Self.rule, other]) == """
        reference-recreated  a reference was deleted and re-created under another
                             logical name
                             error; warning without consumers
        link-lost            a link is lost
                             error

        """)
  }

  @Test func `the rules are a table in Markdown`() {
    let other = DocumentedRule(
      id: .linkLost,
      documentation: RuleDocumentation(
        title: "a | link <is> lost", severities: [.error], whatItDoes: "", whyItIsBad: "",
        fix: [], knownProblems: "", sources: [], examples: []))
    #expect(
      RuleMarkdown.table(of: [Self.rule, other]) == """
        | rule | reports that | severity |
        | --- | --- | --- |
        | `reference-recreated` | a reference was deleted and re-created under another logical name \
        | error; warning without consumers |
        | `link-lost` | a \\| link &lt;is&gt; lost | error |

        """)
  }

  private static let withRequest = DocumentedRule(
    id: .linkLost,
    documentation: RuleDocumentation(
      title: "a link is lost", severities: [.error], whatItDoes: "Compares new_a.", whyItIsBad: "",
      fix: ["Send:\n  POST [organisation]/x\n  {\"a\": 1}\nThen export.", "Or do not."],
      knownProblems: "", sources: ["https://example.com/new_a", "a book"],
      examples: [
        RuleExample(
          "renamed", before: [.reference("new_a", "Sales", "shared_x")],
          after: [.reference("new_a", "Orders", "shared_x")], reports: [.linkLost])
      ]))

  @Test func `what is to be typed in a step stays as it is`() {
    #expect(
      ExplainReport(Self.withRequest).text.contains(
        """
        Fix
          * Send:
              POST [organisation]/x
              {"a": 1}
            Then export.
          * Or do not.

        """))
  }

  @Test func `a rule is a page in Markdown`() {
    #expect(
      RuleMarkdown(Self.withRequest).page == """
        # link-lost

        A link is lost.

        **Severity**: error

        ## What it does

        Compares new\\_a.

        ## Fix

        - Send:

          ```
          POST [organisation]/x
          {"a": 1}
          ```

          Then export.
        - Or do not.

        ## Examples

        Renamed. Finding: `link-lost`.

        ```diff
        - reference new_a 'Sales' shared_x
        + reference new_a 'Orders' shared_x
        ```

        ## Sources

        - <https://example.com/new_a>
        - a book

        """)
  }

  @Test func `rules are a document in Markdown`() {
    let lines = RuleMarkdown.document(of: [Self.rule, Self.withRequest]).split(separator: "\n")
    #expect(
      lines.filter { $0.hasPrefix("#") && !$0.hasPrefix("###") } == [
        "# Rules", "## reference-recreated", "## link-lost",
      ])
  }

  @Test func `every part of an example has its words`() throws {
    let parts: [(ExamplePart, String)] = [
      (.stub("new_a"), "stub new_a, which another solution defines"),
      (.external("new_a", .active), "external new_a from Active"),
      (.external("new_a", .solution("Base")), "external new_a from Base"),
      (.flow("F", []), "flow 'F' uses nothing"),
      (.flow("F", [nil, "new_a"]), "flow 'F' uses no reference, new_a"),
      (.flow("F", [], connectorUses: 2), "flow 'F' uses nothing, uses connectors 2 times"),
      (.embedded("F", connection: "c"), "flow 'F' embeds connection c"),
      (.row("new_a", file: "t.json"), "t.json binds new_a"),
    ]
    let documentation = RuleDocumentation(
      title: "", severities: [], whatItDoes: "", whyItIsBad: "", fix: [], knownProblems: "",
      sources: [],
      examples: [RuleExample("all", before: parts.map(\.0), after: [], reports: [])])
    let text = ExplainReport(DocumentedRule(id: .linkLost, documentation: documentation)).text
    for (_, words) in parts { #expect(text.contains("  - \(words)\n")) }
  }
}
