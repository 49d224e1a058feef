import Detection
import Solution
import Testing

@Suite struct `Configuration file` {
  private func read(_ text: String) throws(PolicyError) -> Configuration {
    try Configuration(file: Array(text.utf8))
  }

  private func faults(_ text: String) -> [String] {
    do throws(PolicyError) {
      _ = try read(text)
      return []
    } catch {
      return error.faults.map { "\($0.place.line): \($0.message)" }
    }
  }

  @Test(arguments: ["", "# nothing\n", "\u{FEFF}# nothing\r\n"])
  func `a file without a key changes nothing`(text: String) throws {
    let configuration = try read(text)
    #expect(configuration.lookBack == 500)
    #expect(configuration.conventions.naming.pattern == "{publisher}_{purpose}_{connector}")
    #expect(configuration.origins.isEmpty)
  }

  @Test func `every key is read, with its line`() throws {
    let configuration = try read(
      """
      main: release
      look-back: 40
      solutions: solutions/**
      ignore: [archive]
      environments:
        test:
          settings: config/test.json
        prod:
          settings: [config/prod.json, config/prod-*.json]
      rules:
        link-lost: warning
        name-off-convention:
          severity: error
          paths:
            "legacy/**": off
      naming:
        pattern: "{publisher}_{connector}_{purpose}"
        purposes: [Invoices]
        connectors:
          shared_sharepointonline: [SP]
      identities:
        groups:
          finance:
            solutions: [Finance*]
            folders: [solutions/Finance]
            flows: ["Invoice *"]
            ids: ["{7F0E1F9E-0000-0000-0000-000000000000}"]
        shared: [sales_Common_*]
        most-flows: 20
      owners:
        service-principals: [deploy@contoso.com]
        people: [svc-*]
      """)
    #expect(configuration.mainBranch == "release")
    #expect(configuration.lookBack == 40)
    #expect(configuration.covers(folder: "solutions/Sales"))
    #expect(!configuration.covers(folder: "other/Sales"))
    #expect(!configuration.covers(folder: "archive/Sales"))
    #expect(configuration.conventions.environments.map(\.name) == ["test", "prod"])
    #expect(configuration.conventions.environments(ofFile: "config/prod-eu.json").count == 1)
    #expect(configuration.rules.settings[.linkLost]?.level == .warning)
    #expect(configuration.rules.settings[.nameOffConvention]?.paths.first?.level == .off)
    #expect(configuration.conventions.naming.purposes == ["Invoices"])
    #expect(configuration.conventions.naming.connectors == ["shared_sharepointonline": ["SP"]])
    let group = try #require(configuration.conventions.groups.first)
    #expect(group.ids == ["7f0e1f9e-0000-0000-0000-000000000000"])
    #expect(configuration.conventions.sharing.mostFlows == 20)
    #expect(configuration.conventions.owners.kind(of: "deploy@contoso.com") == .servicePrincipal)
    #expect(configuration.conventions.owners.kind(of: "SVC-7") == .person)
    #expect(configuration.origins["naming.pattern"]?.line == 17)
    #expect(configuration.origins["rules.link-lost"]?.line == 11)
  }

  @Test func `unknown keys are errors with their line, and the key that was meant`() {
    #expect(
      faults("main: main\nenviroments:\n  prod: {settings: a.json}\n")
        == ["2: there is no key 'enviroments': did you mean 'environments'?"])
    #expect(
      faults("rules:\n  link-lsot: off\n")
        == ["2: there is no key 'rules.link-lsot': did you mean 'link-lost'?"])
  }

  @Test func `wrong types are errors with their line, all of them at once`() {
    let faults = faults(
      """
      main: [a]
      look-back: many
      rules:
        link-lost: fatal
      environments:
        prod: {}
      naming: text
      """)
    #expect(
      faults == [
        "1: 'main' must be a text",
        "2: 'look-back' must be a number from 0 to 1000000",
        "4: 'fatal' is not a severity: use error, warning, note or off",
        "6: environment 'prod' names no settings file and no url",
        "7: 'naming' must be a mapping of keys to values",
      ])
  }

  @Test(arguments: ["{publisher", "{nobody}_x", "only text", "a}b{purpose}"])
  func `a naming pattern that cannot be is an error`(pattern: String) {
    #expect(faults("naming: {pattern: \"\(pattern)\"}").count == 1)
  }

  @Test(arguments: [
    "a: &x [1]\nb: *x", "main: !!python/object x", "main: a\nmain: b", "- a\n- b", "a: [", "text",
  ])
  func `what is no plain mapping is refused`(text: String) {
    #expect(!faults(text).isEmpty)
  }

  @Test func `conflict markers are named as such`() {
    let faults = faults("<<<<<<< HEAD\nmain: a\n=======\nmain: b\n>>>>>>> x\n")
    #expect(faults.count == 1)
    #expect(faults.first?.contains("conflict") ?? false)
  }

  @Test func `a pattern that matches no path is dead`() throws {
    let configuration = try read("solutions: [a/**, gone/**]\nignore: [a/b]\n")
    let dead = configuration.deadPatterns(among: ["a/b/c.json"])
    #expect(dead.map(\.pattern.text) == ["gone/**"])
    #expect(dead.first?.place.line == 1)
  }

  private func finding(
    _ rule: RuleID, _ before: [String], _ after: [String] = [], leftBehind: Bool = false
  ) -> Finding {
    func declarations(_ names: [String]) -> [Declaration] {
      names.map {
        Declaration(name: LogicalName($0))
      }
    }
    let consumer = AffectedConsumer(
      kind: .flow, id: "f", name: "F", place: Place(path: "f.json", line: 1), reference: nil,
      state: .broken)
    return Finding(
      rule: rule, severity: .error, confidence: .certain, solution: "Sales", summary: "s",
      before: declarations(before), after: declarations(after),
      consumers: leftBehind ? [consumer] : [], consequence: "c", fix: [])
  }

  private func judged(_ finding: Finding, on day: String) throws -> [String] {
    let configuration = try read(
      """
      moved:
        - {from: new_a, to: sales_b, until: 2027-03-31, reason: wrong publisher}
      retired: [{name: sales_Old, after: 2026-12-31}]
      """)
    let policy = TeamPolicy(configuration: configuration)
    return policy.judged([finding], on: try #require(Day(day))).open.flatMap {
      [$0.severity.rawValue] + $0.remarks
    }
  }

  @Test func `a planned re-creation is a note until its day is over`() throws {
    let planned = finding(.referenceRecreated, ["new_a"], ["sales_b"])
    #expect(
      try judged(planned, on: "2027-03-31") == [
        "note", "planned in .connref.yml:2: wrong publisher",
      ])
    #expect(
      try judged(planned, on: "2027-04-01")
        == ["error", "was planned until 2027-03-31 (.connref.yml:2): wrong publisher"])
    let other = finding(.referenceRecreated, ["new_a"], ["sales_c"])
    #expect(try judged(other, on: "2027-03-31") == ["error"])
    let more = finding(.referenceRecreated, ["new_a", "new_c"], ["sales_b"])
    #expect(try judged(more, on: "2027-03-31") == ["error"])
  }

  @Test func `a retired reference may be removed after its day, unless something uses it`() throws {
    let removed = finding(.referenceRemoved, ["sales_Old"])
    #expect(
      try judged(removed, on: "2026-12-31")
        == ["error", "may be removed after 2026-12-31 (.connref.yml:3)"])
    #expect(try judged(removed, on: "2027-01-01") == ["note", "planned in .connref.yml:3"])
    let used = finding(.referenceRemoved, ["sales_Old"], leftBehind: true)
    #expect(try judged(used, on: "2027-01-01") == ["error"])
  }

  @Test func `an intent lacks a name, or its day is none: an error with its line`() {
    #expect(faults("moved: [{from: new_a}]\n") == ["1: 'moved[0].to' is missing"])
    #expect(
      faults("retired:\n  - {name: a, after: soon}\n")
        == ["2: 'soon' is not a valid date: write it as 2027-03-31"])
    #expect(faults("moved: {from: a}\n") == ["1: 'moved' must be a list"])
  }
}
