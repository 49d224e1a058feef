import Detection
import Git
import Review
import Solution
import TestSupport
import Testing

/// Odd repositories that must get a clear answer: no crash, no hang, no silence.
@Suite struct BadInputTests {
  private func audit(_ fixture: TestRepository) throws -> CheckOutcome {
    try Audit(
      Repository(folder: fixture.path, environment: Command.closedWorld),
      options: Check.Options(today: .distantFuture)
    ).outcome(at: nil)
  }

  private func zip(_ sales: Sales, with others: [String: [UInt8]] = [:]) -> [UInt8] {
    let files = sales.files(.plain, in: "").mapValues(\.bytes).merging(others) { $1 }
    return storedZip(files.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
  }

  private func release(_ reference: Sales.Reference, _ version: String) -> Sales {
    Sales([reference], [Sales.approve(reference)], version: version)
  }

  @Test func `a zip beside the files of a zipped solution is named, and the outer one is judged`()
    throws
  {
    let inner = zip(release(Sales.new, "2.0.0.0"))
    let outer = zip(release(Sales.old, "1.0.0.0"), with: ["Sales_2_0.zip": inner])
    let fixture = try TestRepository { Commit("base", ["Sales.zip": TestFile(bytes: outer)]) }
    let outcome = try audit(fixture)
    #expect(outcome.scope.references == 1)
    #expect(outcome.reported == ["note name-off-convention:  -> \(Sales.old.name)"])
    #expect(
      outcome.warnings == [
        "Sales.zip: holds the archive 'Sales_2_0.zip' beside the files of its solution: that one is "
          + "not read"
      ])
  }

  @Test func `of two versions in one package the newer one is judged`() throws {
    let package = storedZip([
      ("PkgAssets/Sales_1.zip", zip(release(Sales.old, "1.0.0.0"))),
      ("PkgAssets/Sales_2.zip", zip(release(Sales.new, "2.0.0.0"))),
    ])
    let fixture = try TestRepository { Commit("base", ["Package.zip": TestFile(bytes: package)]) }
    let outcome = try audit(fixture)
    #expect(outcome.reported == ["note name-off-convention:  -> \(Sales.new.name)"])
    #expect(outcome.warnings.count == 1 && outcome.unknown.isEmpty, "\(outcome.warnings)")
  }

  @Test func `what a manifest expects of its own solution resolves there or nowhere`() throws {
    var sales = Sales(
      [Sales.old], [Sales.approve(Sales.old), Sales.archive(Sales.Reference("sales_Gone", ""))])
    sales.externals = [(Sales.old.name, "Sales"), ("sales_Gone", "Sales")]
    let fixture = try TestRepository { Commit("base", sales.files()) }
    #expect(
      try audit(fixture).reported == [
        "warning link-unresolved: sales_Gone -> ",
        "note name-off-convention:  -> \(Sales.old.name)",
      ])
  }

  @Test func `solutions that expect references of each other resolve where one is declared`() throws
  {
    let (one, two) = (Sales.Reference("a_One", "One"), Sales.Reference("a_Two", "Two"))
    func sales(_ name: String, _ own: [Sales.Reference], uses: Sales.Reference, of other: String)
      -> Sales
    {
      var sales = Sales(own, [Sales.Flow("F\(name)", id: Sales.approveID, uses)], name: name)
      sales.externals = [(uses.name, other)]
      return sales
    }
    func repository(declares: Bool) throws -> TestRepository {
      let first = sales("First", declares ? [one] : [Sales.old], uses: two, of: "Second")
      let second = sales("Second", [two], uses: one, of: "First")
      return try TestRepository {
        Commit("base", first.files().merging(second.files()) { $1 })
      }
    }
    #expect(
      !(try audit(try repository(declares: true)).reported.contains {
        $0.contains("link-unresolved")
      }))
    #expect(
      try audit(try repository(declares: false)).reported.contains(
        "warning link-unresolved: a_One -> "))
  }

  @Test func `a settings file serves five solutions, and each lacks its own rows`() throws {
    let names = ["Alpha", "Bravo", "Charlie", "Delta", "Echo"]
    let solutions = names.map { name in
      let (kept, added) = (
        Sales.Reference("x_\(name)Kept", name), Sales.Reference("x_\(name)Added", "\(name) 2")
      )
      return (
        kept: kept, added: added,
        before: Sales([kept], [Sales.Flow(name, id: Sales.approveID, kept)], name: name),
        after: Sales(
          [kept, added], [Sales.Flow(name, id: Sales.approveID, kept, added)], name: name)
      )
    }
    let settings = ["config/prod.json": Sales.settings(solutions.map(\.kept))]
    let fixture = try TestRepository {
      Commit("base", solutions.reduce(into: settings) { $0.merge($1.before.files()) { $1 } })
      Commit("more", solutions.reduce(into: settings) { $0.merge($1.after.files()) { $1 } })
    }
    let missing = try fixture.check(from: "base", to: "more").findings.filter {
      $0.rule == .settingsMissing
    }
    #expect(missing.count == 1)
    #expect(
      Set(missing.flatMap { $0.after.map(\.name.spelling) }) == Set(solutions.map(\.added.name)))
    let outcome = try audit(fixture)
    let lacking = outcome.findings.filter { $0.rule == .settingsIncomplete && !$0.rows.isEmpty }
    #expect(Set(lacking.map(\.solution)) == Set(names))
    let repository = try Repository(folder: fixture.path, environment: Command.closedWorld)
    var options = SettingsSync.Options()
    options.environment = "prod"
    let plan = try SettingsSync(repository, options: options, configuration: .standard).plan()
    #expect(plan.refusals.isEmpty)
    #expect(
      plan.sheets.flatMap(\.lists).flatMap(\.added).map(\.name.spelling).sorted()
        == solutions.map(\.added.name).sorted())
  }

  @Test func `of 10,000 references the one that was re-created is found`() throws {
    func sales(_ last: Sales.Reference) -> Sales {
      let many = (0..<10_000).map {
        Sales.Reference("sales_Reference\($0)", "Reference \($0)")
      }
      return Sales(many + [last], [Sales.approve(last)])
    }
    let fixture = try TestRepository {
      Commit("base", sales(Sales.old).files())
      Commit("again", sales(Sales.new).files())
    }
    let outcome = try fixture.check(from: "base", to: "again")
    #expect(outcome.reported.filter { !$0.hasPrefix("note") } == [recreatedError])
    #expect(outcome.scope.references == 10_001)
    #expect(outcome.unknown.isEmpty)
  }
}
