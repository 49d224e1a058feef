import Clibgit2

/// The origin of a value of git's configuration.
package struct ConfigurationOrigin: Equatable, Sendable {
  /// As git calls it, but for the environment, which git calls `command`.
  package enum Scope: String, CaseIterable, Sendable {
    case system, global, local, worktree, environment
  }

  package let scope: Scope
  /// The file to name to git where the scope alone would lead to another one.
  package let file: String?
  /// Whether it is in a file that the one of the scope includes.
  package let isIncluded: Bool
}

extension Repository {
  /// The origin of the value that `configuration` gives; nil when it is not set.
  package func origin(ofConfiguration key: String) -> ConfigurationOrigin? {
    settings.origin(of: key, among: environment.settings)
  }
}

extension Configuration {
  fileprivate func origin(
    of key: String, among sources: ConfigurationSources
  ) -> ConfigurationOrigin? {
    let normalized = ConfigurationSources.normalized(key)
    if sources.commandLine.contains(where: { $0.key == normalized }) {
      return ConfigurationOrigin(scope: .environment, file: nil, isIncluded: false)
    }
    var entry: UnsafeMutablePointer<git_config_entry>?
    guard git_config_get_entry(&entry, files.pointer, key) == 0, let entry else {
      git_error_clear()
      return nil
    }
    defer { git_config_entry_free(entry) }
    let level = entry.pointee.level
    let scope: ConfigurationOrigin.Scope =
      switch level {
      case GIT_CONFIG_LEVEL_SYSTEM: .system
      case GIT_CONFIG_LEVEL_GLOBAL, GIT_CONFIG_LEVEL_XDG: .global
      case GIT_CONFIG_LEVEL_APP: .worktree
      default: .local
      }
    // With both files there, 'git config --global' writes to the other one.
    return ConfigurationOrigin(
      scope: scope, file: level == GIT_CONFIG_LEVEL_XDG ? sources.global.first : nil,
      isIncluded: entry.pointee.include_depth > 0)
  }
}
