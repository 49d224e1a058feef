/// Which flows a reading is for. Where no declaration changed, only changed flows matter, and the
/// others need not be fetched at all.
package enum FlowSelection: Sendable {
  case all
  case none
  /// Flows whose JSON has one of these contents.
  case only(Set<ContentID>)

  func holds(_ content: ContentID) -> Bool {
    switch self {
    case .all: true
    case .none: false
    case .only(let contents): contents.contains(content)
    }
  }
}
