internal import Parsing

/// One declared reference, as every form of a solution writes it: the same vocabulary as XML
/// elements or as YAML keys, where attributes are keys that begin with `@`.
///
/// Valid, by 1,061 public elements: the logical name as only attribute; as children a display name,
/// a connector id (a provider path), a custom connector's id as a *nested* `connectorid`, and
/// description, iscustomizable, promptingbehavior, statecode, statuscode, which say nothing about
/// identity. Without any child it is a stub: a member whose definition another solution has.
struct Declaration: Hashable, Sendable {
  let name: LogicalName
  let displayName: String?
  let connector: Connector?
  let isStub: Bool
  let isCustomizable: Bool?
  let line: Int

  /// `<connectionreference connectionreferencelogicalname="…">`, kept with everything in it.
  init(_ element: Element) throws(Unreadable) {
    guard let name = element.attribute("connectionreferencelogicalname"), !name.isEmpty else {
      throw Unreadable(line: element.line, "declares a connection reference without logical name")
    }
    self.name = LogicalName(name)
    displayName = element.child("connectionreferencedisplayname")?.text.nonEmpty
    connector = Connector(
      id: element.child("connectorid")?.text,
      customID: element.child("customconnectorid")?.child("connectorid")?.text)
    isStub = element.children.isEmpty
    isCustomizable = Self.flag(element.child("iscustomizable")?.text)
    line = element.line
  }

  /// The mapping below `connectionreference:`.
  init(_ node: Node) throws(Unreadable) {
    guard let name = node.text("@connectionreferencelogicalname") else {
      throw Unreadable(line: node.line, "declares a connection reference without logical name")
    }
    self.name = LogicalName(name)
    displayName = node.text("connectionreferencedisplayname")
    connector = Connector(
      id: node.text("connectorid"), customID: node.child("customconnectorid")?.text("connectorid"))
    isStub = node.keys.allSatisfy { $0.hasPrefix("@") }
    isCustomizable = Self.flag(node.text("iscustomizable"))
    line = node.child("@connectionreferencelogicalname")?.line ?? node.line
  }

  /// As a cloned agent lists it.
  init(name: LogicalName, connector: Connector?, line: Int) {
    self.name = name
    displayName = nil
    self.connector = connector
    isStub = false
    isCustomizable = nil
    self.line = line
  }

  private static func flag(_ text: String?) -> Bool? {
    switch text?.trimmingSpace {
    case "1": true
    case "0": false
    default: nil
    }
  }

  func reference(in path: String) -> Reference {
    Reference(
      name: name, displayName: displayName, connector: connector, isStub: isStub,
      isCustomizable: isCustomizable, place: Place(path: path, line: line))
  }
}

extension Connector {
  /// Nil where a file names no connector.
  fileprivate init?(id: String?, customID: String?) {
    guard let path = id?.nonEmpty ?? customID?.nonEmpty else { return nil }
    self.init(path: path.trimmingSpace, customID: customID?.nonEmpty?.trimmingSpace)
  }
}
