import Solution

/// What a link that ends nowhere breaks, and how to choose another reference, by what has the link.
extension Consumer.Kind {
  var consequenceOfLostLink: String {
    switch self {
    case .flow, .desktopFlow, .component:
      """
      the designer says 'the API connection reference could not be found', and the flow cannot be \
      turned on
      """
    case .agent:
      "the import stops at a missing dependency, or the agent's tool has no connection and fails"
    case .app, .codeApp:
      "the import stops at a missing dependency, or the app's data source has no connection"
    }
  }

  var choosingReference: FixStep {
    switch self {
    case .flow, .desktopFlow, .component:
      "open the flow in the maker's environment, choose a reference of the solution, save, export"
    case .agent:
      "open the agent in the maker's environment, choose a connection for the tool, export or pull"
    case .app, .codeApp:
      "add the data source to the app again, with a reference of the solution"
    }
  }
}

extension Reference {
  /// As a remark names it: `sales_Files ('Sales files', Other/Customizations.xml:12)`.
  var description: String {
    "\(name.spelling) (" + (displayName.map { "'\($0)', " } ?? "") + "\(place.path):\(place.line))"
  }
}
