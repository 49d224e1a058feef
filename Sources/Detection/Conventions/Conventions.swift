import Platform
package import Solution

/// The agreements of a team that rules need.
package struct Conventions: Sendable {
  package var naming: NamingConvention
  /// In the order of the file. Where it is empty, each settings file is an environment of its own.
  package var environments: [TargetEnvironment]
  /// Groups whose flows may share a reference; empty turns `reference-overshared` off.
  package var groups: [IdentityGroup]
  package var sharing: Sharing
  package var owners: Owners
  /// Logical names, and unique names of solutions, that are shipped from elsewhere though the manifest
  /// names the maker's environment alone.
  package var shippedElsewhere: [WildcardText]
  /// True where a release is judged: a placeholder is no connection then.
  package var isRelease: Bool

  package init(
    naming: NamingConvention = NamingConvention(), environments: [TargetEnvironment] = [],
    groups: [IdentityGroup] = [], sharing: Sharing = Sharing(), owners: Owners = Owners(),
    shippedElsewhere: [WildcardText] = [], isRelease: Bool = false
  ) {
    self.naming = naming
    self.environments = environments
    self.groups = groups
    self.sharing = sharing
    self.owners = owners
    self.shippedElsewhere = shippedElsewhere
    self.isRelease = isRelease
  }

  /// The severity of what stops a release, and in any other change may wait.
  var severityBeforeRelease: Severity { isRelease ? .error : .warning }

  /// The default, where no file says otherwise.
  package static let standard = Conventions()

  /// The environments that a settings file belongs to; mostly one, none where it is not configured.
  package func environments(ofFile path: String) -> [TargetEnvironment] {
    environments.filter { $0.claims(path) }
  }

  /// The groups that consumers belong to; empty where one group holds all of them. Those of no group do not
  /// count.
  func separateGroups<Use>(of uses: [Use], holds: (IdentityGroup, Use) -> Bool) -> [String] {
    let memberships = uses.map { use in Set(groups.filter { holds($0, use) }.map(\.name)) }
      .filter { !$0.isEmpty }
    let common = memberships.dropFirst().reduce(memberships.first ?? []) { $0.intersection($1) }
    return common.isEmpty ? Set(memberships.joined()).sorted() : []
  }
}

/// An environment that solutions are deployed to.
package struct TargetEnvironment: Sendable, Hashable {
  package let name: String
  /// `https://contoso.crm4.dynamics.com`; nil where it is not configured.
  package let address: String?
  /// Which deployment settings files are its own.
  package let settings: [PathPattern]
  /// Unique names of the solutions that these files bind; empty: the rows of the files decide.
  package let solutions: [WildcardText]

  package init(
    name: String, address: String? = nil, settings: [PathPattern],
    solutions: [WildcardText] = []
  ) {
    self.name = name
    self.address = address
    self.settings = settings
    self.solutions = solutions
  }

  /// True for its name and for its address, in any letter case.
  package func isCalled(_ text: String) -> Bool {
    if text.lowercased() == name.lowercased() { return true }
    guard let host = URLHost.host(of: text), let own = address.flatMap({ URLHost.host(of: $0) })
    else { return false }
    return host == own
  }

  /// True for a settings file of this environment.
  package func claims(_ path: String) -> Bool { settings.contains { $0.matches(path) } }
}

/// Flows that run under one service identity, and may share references.
package struct IdentityGroup: Sendable, Hashable {
  package let name: String
  /// Unique names of solutions.
  package let solutions: [WildcardText]
  package let folders: [PathPattern]
  /// Names of flows.
  package let flows: [WildcardText]
  /// GUIDs of flows, in lower case, without braces.
  package let ids: Set<String>

  package init(
    name: String, solutions: [WildcardText] = [], folders: [PathPattern] = [],
    flows: [WildcardText] = [], ids: Set<String> = []
  ) {
    self.name = name
    self.solutions = solutions
    self.folders = folders
    self.flows = flows
    self.ids = ids
  }

  /// True when any of what the group lists names the consumer.
  package func holds(_ consumer: Consumer, of instance: Instance) -> Bool {
    ids.contains(consumer.id)
      || solutions.contains { $0.matchesIgnoringCase(instance.uniqueName) }
      || folders.contains { $0.matches(consumer.path) }
      || flows.contains { $0.matchesIgnoringCase(consumer.name) }
  }
}

/// How far a reference may be shared.
package struct Sharing: Sendable, Hashable {
  /// References that any group may use.
  package var allowed: [WildcardText]
  /// How many flows may name one reference; nil for any number.
  package var mostFlows: Int?

  package init(allowed: [WildcardText] = [], mostFlows: Int? = nil) {
    self.allowed = allowed
    self.mostFlows = mostFlows
  }

  package func allows(_ name: LogicalName) -> Bool {
    allowed.contains { $0.matchesIgnoringCase(name.spelling) }
  }
}

/// The accounts that own connections: service principals and people.
package struct Owners: Sendable, Hashable {
  /// Application ids, object ids or names of service principals.
  package var servicePrincipals: [WildcardText]
  /// Accounts of people beyond what looks like one.
  package var people: [WildcardText]

  package init(servicePrincipals: [WildcardText] = [], people: [WildcardText] = []) {
    self.servicePrincipals = servicePrincipals
    self.people = people
  }

  package enum AccountKind: Hashable, Sendable {
    case servicePrincipal, person
    /// Git alone does not show it.
    case unknown
  }

  /// The account that the text in a `ConnectionOwner` means. An address is a person's unless it is
  /// listed; a GUID or a token may mean any account.
  package func kind(of owner: String) -> AccountKind {
    if servicePrincipals.contains(where: { $0.matchesIgnoringCase(owner) }) {
      return .servicePrincipal
    }
    if people.contains(where: { $0.matchesIgnoringCase(owner) }) { return .person }
    let parts = owner.split(separator: "@", omittingEmptySubsequences: false)
    let isToken = owner.contains { "#{}$%".contains($0) }
    return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !isToken
      ? .person : .unknown
  }
}
