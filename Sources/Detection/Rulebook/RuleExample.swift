package import Solution

/// A small change or revision that a rule reports, or does not. It is documentation and a test.
package struct RuleExample: Sendable {
  package let title: String
  package let before: [ExamplePart]
  package let after: [ExamplePart]
  /// The rules that report something, in any order; may be empty.
  package let reports: [RuleID]
  /// True for an example of one revision, `after`, as `connref audit` judges it.
  package let isState: Bool
  package let conventions: Conventions
  /// The content of an environment, to compare with `after`; only for environment rules.
  package let live: [LivePart]

  /// The connection that a row of an example binds by default.
  package static let connection = "4f8c0d2e91b74a6c8e15d3a7b60f9c21"

  package init(
    _ title: String, before: [ExamplePart], after: [ExamplePart], reports: [RuleID]
  ) {
    self.title = title
    self.before = before
    self.after = after
    self.reports = reports
    isState = false
    conventions = .standard
    live = []
  }

  /// An example of one revision. State rules see it by itself, and also as what a change brings.
  package init(
    _ title: String, state: [ExamplePart], conventions: Conventions = .standard,
    live: [LivePart] = [], reports: [RuleID]
  ) {
    self.title = title
    before = []
    after = state
    self.reports = reports
    isState = true
    self.conventions = conventions
    self.live = live
  }
}

extension [ExamplePart] {
  /// One flow that uses one reference, as most examples of environment rules begin.
  static let archivedOrders: Self = [
    .reference("sales_Orders_SharePoint", "Orders", sharePoint),
    .flow("Archive", ["sales_Orders_SharePoint"]),
  ]
}

/// A part of an example's snapshot. All parts belong to the solution `Sales`, unless they name one.
package enum ExamplePart: Sendable {
  case reference(
    _ name: String, _ displayName: String, _ connector: String, solution: String = "Sales")
  case stub(_ name: String, solution: String = "Sales")
  case external(_ name: String, ExternalReference.Origin, solution: String = "Sales")
  /// A flow whose links name `references` in this order; a nil entry is `"connection": {}`. Its
  /// actions use each of them, and the `unlisted` aliases beside, for these operations.
  case flow(
    _ name: String, _ references: [String?], connectorUses: Int? = nil, unlisted: [String] = [],
    operations: [String] = [], solution: String = "Sales")
  /// A declaration with parts of its own; a nil connector is left out.
  case declaration(
    _ name: String, _ displayName: String, _ connector: String?, customID: String? = nil,
    isCustomizable: Bool? = nil, solution: String = "Sales")
  /// A custom connector that is part of the solution.
  case connector(_ name: String, id: String, solution: String = "Sales")
  /// A flow with one entry, whose action uses it, or the alias `action`. A nil connector is that of the
  /// reference; a nil id is the flow's name.
  case link(
    _ flow: String, _ reference: String, connector: String? = nil, id: String? = nil,
    isInvoker: Bool = false, children: [String] = [], action: String? = nil,
    solution: String = "Sales")
  case embedded(_ flow: String, connection: String, solution: String = "Sales")
  /// A settings row; a nil connector is left out, and so is a nil owner.
  case row(
    _ reference: String, connection: String = RuleExample.connection,
    connector: String? = nil, owner: String? = nil, file: String = "config/prod.json")
}
