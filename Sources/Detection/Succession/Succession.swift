import Solution

/// References that went, and those that came for them: one event.
struct Succession: Sendable {
  enum Kind: Sendable {
    /// The same thing under another identity.
    case recreated
    /// Consumers moved on to another reference, planned or not.
    case replaced
  }

  let kind: Kind
  let confidence: Confidence
  let instance: Instance
  let gone: [Reference]
  let come: [Reference]
  let evidence: [Evidence]
  /// Consumers that named what went and name what came.
  let moved: [AffectedConsumer]
  /// True when nobody named what went before, and nobody names what came.
  let isUnused: Bool
  /// An ancestor declared what came.
  let isReturn: Bool
  /// The earlier commit that let the old one go; nil where this change did.
  let deletedIn: String?
  /// The earlier commit that moved consumers; nil where this change moved all.
  let repointedIn: String?
}

/// A reference that went without an heir.
struct Departure: Sendable {
  let reference: Reference
  let instance: Instance
  /// Consumers that still name it, with where each link ends now.
  let naming: [(consumer: Consumer, resolution: Resolution)]
  /// How the instance's own manifest names it since this change; nil where it does not, or did before.
  let external: ExternalReference.Origin?
  /// References that may have come for it; no evidence singles one out.
  let candidates: [Reference]
}
