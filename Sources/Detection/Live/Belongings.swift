import Solution

/// The references and flows that one owner has in an environment, as far as these solutions know
/// them.
struct Belongings {
  let owner: String
  private(set) var references: [LiveEnvironment.Reference] = []
  private(set) var flows: [LiveEnvironment.Flow] = []

  private init(owner: String) { self.owner = owner }

  /// Ordered by the owner's id.
  static func byOwner(in live: LiveState) -> [Belongings] {
    var all: [String: Belongings] = [:]
    for reference in live.environment.references where live.isOwn(reference.name) {
      guard let owner = reference.ownerID else { continue }
      all[owner, default: Belongings(owner: owner)].references.append(reference)
    }
    for flow in live.environment.flows where live.isOwn(flow) {
      guard let owner = flow.ownerID else { continue }
      all[owner, default: Belongings(owner: owner)].flows.append(flow)
    }
    return all.values.sorted { $0.owner < $1.owner }
  }

  var count: Int { references.count + flows.count }

  /// `2 references and 1 flow`
  var words: String {
    func counted(_ number: Int, _ noun: String) -> String? {
      number == 0 ? nil : number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
    }
    return [counted(references.count, "reference"), counted(flows.count, "flow")]
      .compactMap { $0 }.joined(separator: " and ")
  }

  var consumers: [AffectedConsumer] {
    flows.map { flow in
      AffectedConsumer(
        flow.consumer, naming: flow.consumer.links.lazy.compactMap(\.reference).first,
        state: .naming)
    }
  }

  var remarks: [String] {
    references.isEmpty
      ? [] : ["owns " + references.map(\.name.spelling).joined(separator: ", ")]
  }

  var place: Place? { references.first?.place ?? consumers.first?.place }
}

extension LiveState {
  /// The platform's own users, SYSTEM and INTEGRATION, sign in with no address.
  func isPerson(_ user: LiveEnvironment.User) -> Bool {
    user.applicationID == nil && user.hasAddress
      && state.conventions.owners.kind(of: user.domainName) != .servicePrincipal
  }
}
