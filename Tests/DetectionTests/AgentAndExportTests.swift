import Detection
import Solution
import Testing

@Suite struct AgentAndExportTests {
  func snapshot(
    _ references: [Reference], _ consumers: [Consumer] = [], connectors: [CustomConnector] = [],
    form: Instance.Form = .unpacked, folder: String = "src", exports: [EnvironmentExport] = []
  ) throws -> Snapshot {
    Snapshot(
      instances: [try instance(references, consumers, connectors, form, folder)], exports: exports)
  }

  func instance(
    _ references: [Reference], _ consumers: [Consumer], _ connectors: [CustomConnector] = [],
    _ form: Instance.Form = .unpacked, _ place: String = "src", uniqueName: String? = nil
  ) throws -> Instance {
    var pool = FolderPool()
    let text = String(describing: (references, consumers, connectors))
    var bytes = [UInt8](repeating: 0, count: 20)
    for (index, byte) in text.utf8.enumerated() {
      bytes[index % 20] = bytes[index % 20] &* 31 &+ byte
    }
    let folder = pool.folder(
      files: [
        Folder.File(name: "x", content: ContentID(bytes), kind: .regular, role: .customizations)
      ], children: [])
    let source = try #require(folder)
    return Instance(
      folder: place, uniqueName: uniqueName ?? place, form: form, publisherPrefix: nil,
      declarations: form == .codeApp ? .absent : .read, references: references, externals: [],
      consumers: consumers, connectors: connectors, source: source)
  }

  func reference(_ name: String, _ connector: String = "shared_x", id: String? = nil)
    -> Reference
  {
    Reference(
      name: LogicalName(name), displayName: name,
      connector: Connector(path: connector, customID: id),
      isStub: false, place: Place(path: "Customizations.xml", line: 1))
  }

  func agent(_ id: String, _ name: String, kind: Consumer.Kind = .agent) -> Consumer {
    Consumer(
      kind: kind, id: id, name: id, path: id,
      links: [
        Link(
          alias: "1", reference: LogicalName(name), embeddedConnection: nil, connector: nil, line: 3
        )
      ])
  }

  private let old = "abc_helper.shared_x.0a1b2c3d4e5f60718293a4b5c6d7e8f9"
  private let new = "abc_helper.shared_x.9d8e2c3d4e5f60718293a4b5c6d7e8f9"

  @Test func `the impact of what agents use is on agents`() throws {
    let comparison = Comparison(
      before: try snapshot([reference(old)], [agent("topic", old)]),
      after: try snapshot([reference(new)], [agent("topic", new)]))
    let impact = try #require(RuleBook.findings(in: comparison).first?.consequence)
    #expect(impact.contains("the tools of agents that use it fail"))
    #expect(!impact.contains("flow"))
  }

  @Test func `what an agent uses and nothing declares any more is reported for agents`() throws {
    let comparison = Comparison(
      before: try snapshot([reference(old)], [agent("topic", old)]),
      after: try snapshot([], [agent("topic", old)]))
    let finding = try #require(RuleBook.findings(in: comparison).first)
    #expect(finding.rule == .referenceRemoved)
    #expect(finding.summary.hasSuffix("was removed while an agent still uses it"))
    #expect(finding.consequence.hasSuffix("or the agents are imported without a connection"))
    #expect(finding.fix.last == "or move the agents that use it to another reference first")
  }

  @Test func `a re-created connection renames an agent's reference, and the cause is reported`()
    throws
  {
    let comparison = Comparison(
      before: try snapshot([reference(old)], [agent("abc_helper.topic.mail", old)]),
      after: try snapshot([reference(new)], [agent("abc_helper.topic.mail", new)]))
    let finding = try #require(RuleBook.findings(in: comparison).first)
    #expect(finding.rule == .referenceRecreated)
    #expect(finding.confidence == .strong)
    #expect(finding.evidence.contains(.otherConnection))
    #expect(finding.consumers.map(\.kind) == [.agent])
  }

  @Test func `a random last part is no connection`() throws {
    let comparison = Comparison(
      before: try snapshot([reference("abc_helper.cr.1A2B")], [agent("a", "abc_helper.cr.1A2B")]),
      after: try snapshot([reference("abc_helper.cr.9Z8Y")], [agent("a", "abc_helper.cr.9Z8Y")]))
    let finding = try #require(RuleBook.findings(in: comparison).first)
    #expect(finding.rule == .referenceRecreated)
    #expect(!finding.evidence.contains(.otherConnection))
  }

  @Test func `a renamed agent brings references of its own`() throws {
    let renamed = old.replacing("abc_helper", with: "abc_guide")
    let comparison = Comparison(
      before: try snapshot([reference(old)], [agent("abc_helper.topic.mail", old)]),
      after: try snapshot([reference(renamed)], [agent("abc_guide.topic.mail", renamed)]))
    #expect(RuleBook.findings(in: comparison).allSatisfy { $0.severity == .note })
  }

  @Test func `a code app outside the solution is left behind`() throws {
    let app = try instance(
      [], [agent("power.config.json", "abc_a_1a2b3", kind: .codeApp)], [], .codeApp, "app")
    let before = try instance([reference("abc_a_1a2b3")], [agent("f", "abc_a_1a2b3")])
    let after = try instance([reference("abc_a_9d8e7")], [agent("f", "abc_a_9d8e7")])
    let comparison = Comparison(
      before: Snapshot(instances: [app, before]), after: Snapshot(instances: [app, after]))
    let finding = try #require(RuleBook.findings(in: comparison).first)
    #expect(finding.rule == .referenceRecreated)
    #expect(finding.consumers.filter { $0.state == .leftBehind }.map(\.kind) == [.codeApp])
  }

  @Test func `a cloned agent's list does not hide what the solution removed`() throws {
    let clone = try instance(
      [reference("abc_a_1a2b3")], [agent("mail.mcs.yml", "abc_a_1a2b3")], [], .clone, "clone")
    let before = try instance([reference("abc_a_1a2b3")], [agent("f", "abc_a_1a2b3")])
    let after = try instance([reference("abc_a_9d8e7")], [agent("f", "abc_a_9d8e7")])
    let comparison = Comparison(
      before: Snapshot(instances: [clone, before]), after: Snapshot(instances: [clone, after]))
    let finding = try #require(RuleBook.findings(in: comparison).first)
    #expect(finding.rule == .referenceRecreated)
    #expect(finding.consumers.filter { $0.state == .leftBehind }.map(\.id) == ["mail.mcs.yml"])
  }

  private func export(_ ids: [String: String], _ environment: String? = nil) -> EnvironmentExport {
    EnvironmentExport(
      path: "inventory.json", environment: environment,
      entries: ids.map {
        EnvironmentExport.Entry(
          name: LogicalName($0.key), id: $0.value, displayName: nil, connector: nil, line: 1)
      })
  }

  private func findings(_ before: EnvironmentExport, _ after: EnvironmentExport) -> [Finding] {
    RuleBook.findings(
      in: Comparison(
        before: Snapshot(instances: [], exports: [before]),
        after: Snapshot(instances: [], exports: [after])))
  }

  @Test func `another GUID in the same environment is a re-creation`() {
    let found = findings(export(["a": "1", "b": "2"], "org"), export(["a": "9", "b": "8"], "org"))
    #expect(found.map(\.rule) == [.referenceRecreated, .referenceRecreated])
    #expect(found.map(\.severity) == [.warning, .warning])
    #expect(found.map(\.confidence) == [.certain, .certain])
    #expect(found.map(\.evidence) == [[.otherGUID], [.otherGUID]])
  }

  @Test func `environments are never compared with each other`() {
    #expect(findings(export(["a": "1"], "dev"), export(["a": "9"], "prod")).isEmpty)
    #expect(findings(export(["a": "1", "b": "2"]), export(["a": "9", "b": "8"])).isEmpty)
  }

  @Test func `a GUID that stayed proves the environment`() {
    let found = findings(export(["a": "1", "b": "2"]), export(["a": "1", "b": "8"]))
    #expect(found.flatMap(\.before).map(\.name.spelling) == ["b"])
    #expect(found.map(\.confidence) == [.certain])
  }

  @Test func `where no file says the environment, the finding says so`() {
    let found = findings(export(["b": "2"]), export(["b": "8"]))
    #expect(found.map(\.confidence) == [.strong])
    #expect(
      found.first?.remarks.last
        == "no file shows that both ids are from one environment; if they are not, nothing changed")
  }

  private func connector(_ id: String, _ name: String = "abc_5Fstock") -> CustomConnector {
    CustomConnector(
      id: id, name: name, displayName: "Stock", place: Place(path: "Connectors/x.xml", line: 3))
  }

  @Test func `a re-created connector is distinguished from a re-created reference`() throws {
    let internalName = "shared_abc-5fstock-5f0123456789abcdef"
    let comparison = Comparison(
      before: try snapshot(
        [reference("abc_a", internalName, id: "1")], connectors: [connector("1")]),
      after: try snapshot(
        [reference("abc_a", internalName, id: "2")], connectors: [connector("2")]))
    let found = RuleBook.findings(in: comparison)
    #expect(found.map(\.rule) == [.connectorChanged])
    #expect(found.map(\.severity) == [.warning])
    #expect(found.flatMap(\.after).map(\.name.spelling) == ["abc_a"])
  }

  @Test func `a connector beside another of its name is none that was re-created`() throws {
    let comparison = Comparison(
      before: try snapshot([], connectors: [connector("1")]),
      after: try snapshot([], connectors: [connector("1"), connector("2")]))
    #expect(RuleBook.findings(in: comparison).isEmpty)
  }
}

extension AgentAndExportTests {
  @Test func `a committed build does not hide what was removed from the folder`() throws {
    let build = try instance(
      [reference("abc_a_1a2b3")], [agent("f", "abc_a_1a2b3", kind: .flow)], [], .archive, "a.zip",
      uniqueName: "src")
    let before = try instance([reference("abc_a_1a2b3")], [agent("f", "abc_a_1a2b3", kind: .flow)])
    let after = try instance([reference("abc_a_9d8e7")], [agent("f", "abc_a_9d8e7", kind: .flow)])
    let both = Comparison(
      before: Snapshot(instances: [build, before]), after: Snapshot(instances: [build, after]))
    let finding = try #require(RuleBook.findings(in: both).first)
    #expect(finding.rule == .referenceRecreated)
    #expect(finding.consumers.map(\.state) == [.moved])
  }

  @Test func `a zip that became a folder is compared with it, and the folder with a zip`() throws {
    func snapshot(_ name: String, _ form: Instance.Form, _ place: String) throws -> Snapshot {
      Snapshot(
        instances: [
          try instance(
            [reference(name)], [agent("f", name, kind: .flow)], [], form, place, uniqueName: "Sales"
          )
        ])
    }
    func rules(_ before: Snapshot, _ after: Snapshot) -> [RuleID] {
      RuleBook.findings(in: Comparison(before: before, after: after)).map(\.rule)
    }
    let zip = try snapshot("abc_a_1a2b3", .archive, "a.zip")
    let folder = try snapshot("abc_a_9d8e7", .unpacked, "src")
    #expect(rules(zip, folder) == [.referenceRecreated])
    #expect(rules(folder, zip) == [.referenceRecreated])
    #expect(rules(zip, try snapshot("abc_a_1a2b3", .unpacked, "src")).isEmpty)
  }

  @Test func `builds are compared with builds`() throws {
    let before = try snapshot(
      [reference("abc_a_1a2b3")], [agent("f", "abc_a_1a2b3", kind: .flow)], form: .archive)
    let after = try snapshot(
      [reference("abc_a_9d8e7")], [agent("f", "abc_a_9d8e7", kind: .flow)], form: .archive)
    let findings = RuleBook.findings(in: Comparison(before: before, after: after))
    #expect(findings.map(\.rule) == [.referenceRecreated])
  }

  /// What is reported of references, by names, where `a` departs: `b` is declared before, `c` is new.
  private func reported(
    _ before: [(String, uses: String)], _ after: [(String, uses: String)]
  ) throws -> [String] {
    var past = Past()
    past.introductions[LogicalName("abc_desk_1a2b3")] = Past.Introduction(commit: "one", age: 2)
    past.introductions[LogicalName("abc_desk_9d8e7")] = Past.Introduction(commit: "two", age: 1)
    let comparison = Comparison(
      before: try snapshot(
        [reference("abc_desk_1a2b3"), reference("abc_desk_9d8e7")].map(\.nameless),
        before.map { agent($0.0, $0.uses) }, form: .clone),
      after: try snapshot(
        [reference("abc_desk_9d8e7"), reference("abc_desk_77777")].map(\.nameless),
        after.map { agent($0.0, $0.uses) }, form: .clone),
      past: past)
    return RuleBook.findings(in: comparison).filter { $0.severity > .note }.map { finding in
      let names = (finding.before + finding.after).map(\.name.spelling)
      return "\(finding.rule.rawValue): \(names.joined(separator: " -> "))"
    }
  }

  @Test func `an agent's links state no connector, and its consumers still decide`() throws {
    #expect(
      try reported(
        [("one", "abc_desk_9d8e7"), ("two", "abc_desk_1a2b3")],
        [("one", "abc_desk_77777"), ("two", "abc_desk_9d8e7")])
        == ["reference-recreated: abc_desk_1a2b3 -> abc_desk_9d8e7"])
  }

  @Test func `an agent's reference without consumers elsewhere is paired by its stem`() throws {
    #expect(
      try reported(
        [("one", "abc_desk_9d8e7"), ("two", "abc_desk_1a2b3")],
        [("one", "abc_desk_9d8e7"), ("two", "abc_desk_77777")])
        == ["reference-recreated: abc_desk_1a2b3 -> abc_desk_77777"])
    #expect(
      try reported(
        [("one", "abc_desk_9d8e7"), ("two", "abc_desk_1a2b3")],
        [("one", "abc_desk_9d8e7"), ("two", "abc_desk_1a2b3")])
        == ["reference-recreated: abc_desk_1a2b3 -> abc_desk_77777"])
  }
}

extension Reference {
  /// As a clone declares it.
  fileprivate var nameless: Reference {
    Reference(name: name, displayName: nil, connector: connector, isStub: false, place: place)
  }
}
