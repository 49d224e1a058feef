package import Solution

/// A place in a file where the logical name of a reference is written as such.
package struct NameSite: Sendable {
  package enum Kind: Hashable, Sendable {
    /// A declaration of the reference.
    case declaration
    /// A consumer's link; the alias where the consumer has one.
    case link(alias: String?)
    /// An entry of a manifest's missing dependencies.
    case dependency
    /// The reference's own entry in the list of a solution's components.
    case member
  }

  package let kind: Kind
  /// As written.
  package let name: LogicalName
  private let text: MappedText
  private let range: Range<Int>

  /// `range` is that of the name in `text`.
  init(_ kind: Kind, _ text: MappedText, _ range: Range<Int>) {
    self.kind = kind
    self.text = text
    self.range = range
    name = LogicalName(text.string(range))
  }

  /// The edit that writes another name in its place, and touches nothing else.
  package func renamed(to name: LogicalName) -> ByteEdit {
    text.replacing(range, with: name.spelling)
  }
}

extension NameSite {
  /// Every place in a file at which its role lets a reference be named. Settings files have their
  /// own: see `SettingsRows`. Empty for a file of another kind.
  ///
  /// Fails for a file that cannot be read; so it is not mistaken for one without names.
  package static func all(
    in file: [UInt8], as role: FileRole
  ) throws(Unreadable) -> [NameSite] {
    guard !role.content.isDisjoint(with: [.declarations, .links]) || role == .packagedFlow else {
      return []
    }
    let text = try MappedText(file)
    switch text.bytes.first(where: { !isSpace($0) }) {
    case UInt8(ascii: "<"):
      return XMLNames.sites(in: text, try XMLTree(text, of: file))
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      let tree = try JSONTree(text.bytes)
      return [.flow, .cloneFlow, .packagedFlow].contains(role)
        ? JSONNames.flowSites(in: text, tree) : JSONNames.sites(in: text, tree)
    default:
      return YAMLNames.sites(in: text, as: role)
    }
  }
}
