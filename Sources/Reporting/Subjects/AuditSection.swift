import Detection

/// What to do first, and what can wait.
enum AuditSection: CaseIterable {
  /// Flows that come up without a connection, or cannot be turned on.
  case unbound
  /// What the next import fails at.
  case nextImport
  /// As whom flows act.
  case identity
  /// What only makes the next mistake likelier.
  case tidiness

  init(_ finding: Finding) {
    switch finding.rule {
    case .connectionEmbedded where finding.severity == .note: self = .tidiness
    case .flowUnbound, .linkUnresolved, .connectionEmbedded, .linkMismatched, .flowCallerBroken:
      self = .unbound
    case .settingsIncomplete where finding.isBoundNowhere: self = .unbound
    case .environmentUnbound, .environmentLacks, .environmentFlowOff:
      self = finding.severity == .note ? .tidiness : .unbound
    case .ownerPersonal, .referenceOvershared, .environmentOwnerPersonal: self = .identity
    default: self = finding.severity == .note ? .tidiness : .nextImport
    }
  }

  var title: PrintableText {
    switch self {
    case .unbound: "First: flows without a connection, off until they get one"
    case .nextImport: "Before the next import"
    case .identity: "As whom the flows act"
    case .tidiness: "When there is time"
    }
  }
}
