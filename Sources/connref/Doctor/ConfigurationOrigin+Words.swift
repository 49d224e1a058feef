import Git
import Platform

extension ConfigurationOrigin {
  /// `in the global scope`.
  var words: String {
    scope == .environment ? "in the environment" : "in the \(scope.rawValue) scope"
  }

  /// The command that removes the key, to be pasted.
  func removal(of key: String) -> String {
    if isIncluded {
      return "it is set in an included file, which this shows: git config --show-origin \(key)"
    }
    if scope == .environment {
      return "leave out 'git -c \(key)=…', or: unset GIT_CONFIG_COUNT GIT_CONFIG_PARAMETERS"
    }
    let place = file.map { "--file \($0.shellQuoted)" } ?? "--\(scope.rawValue)"
    return "to change it: git config \(place) --unset \(key)"
  }
}
