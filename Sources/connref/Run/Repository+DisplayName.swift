import Git

extension Repository {
  /// Of the folder that people know it by.
  var displayName: String {
    let parts = (workTree ?? commonDirectory).split(separator: "/")
    return String(parts.last { $0 != ".git" } ?? "")
  }
}
