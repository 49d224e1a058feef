internal import YAML

/// `connectionreferences.mcs.yml` of an agent that Copilot Studio's extension for VS Code cloned: the
/// references that the agent and its flows use.
///
/// A list `connectionReferences` of `connectionReferenceLogicalName` and `connectorId`; no display
/// name, no GUID. UTF-8 with a byte order mark and LF. The agent's own files use the references,
/// its flows are in `workflows/<name>-<GUID>/workflow.json`.
///
/// An agent of the new kind, whose workspace `agent.sync.yaml` marks, has a file of the same shape for
/// each reference, with one item: `infrastructure/connections/<logical name>.sync.yaml`. Its tools,
/// `capabilities/tools/*.mcs.yml` of kind `ConnectorTool` or `McpTool`, name the reference and the
/// connector at their top level.
///
/// Source: public clones; Microsoft's vscode-copilotstudio fixtures; a public workspace of 2026.
struct AgentClone: Sendable {
  let declarations: [Declaration]

  static func read(_ bytes: [UInt8]) throws(Unreadable) -> AgentClone {
    let list = try Node(file: bytes).children("connectionReferences")
    return AgentClone(
      declarations: list.compactMap { node in
        guard let name = node.text("connectionReferenceLogicalName") else { return nil }
        return Declaration(
          name: LogicalName(name), connector: node.text("connectorId").map { Connector(path: $0) },
          line: node.child("connectionReferenceLogicalName")?.line ?? node.line)
      })
  }
}

/// `metadata.yml` beside a flow (YAML) or a custom connector (JSON, which YAML includes) of a clone.
struct CloneMetadata: Sendable {
  let name: String?
  let displayName: String?
  let workflowID: String?
  let connectorID: String?

  static func read(_ bytes: [UInt8]) throws(Unreadable) -> CloneMetadata {
    let root = try Node(file: bytes)
    return CloneMetadata(
      name: root.text("name"), displayName: root.text("displayname"),
      workflowID: root.text("workflowId"), connectorID: root.text("connectorid"))
  }
}
