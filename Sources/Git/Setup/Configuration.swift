import Clibgit2

/// git's configuration: the files that git would read in this environment, and what the environment
/// itself sets on top.
struct Configuration: ~Copyable {
  let files: Owned<ConfigurationKind>
  private let commandLine: [(key: String, value: String)]

  /// The values that a user or an administrator set, and none of a repository.
  init(protectedBy sources: ConfigurationSources) throws(Libgit2Failure) {
    files = try Owned { git_config_new(&$0) }
    commandLine = sources.commandLine
    add(sources)
  }

  /// Everything that applies in a repository. `repository` is for conditional includes.
  init(
    _ sources: ConfigurationSources, location: RepositoryLocation,
    repository: borrowing Owned<RepositoryKind>
  ) throws(Libgit2Failure) {
    files = try Owned { git_config_new(&$0) }
    commandLine = sources.commandLine
    add(sources, repository: repository.pointer)
    add(
      location.commonDirectory + "/config", GIT_CONFIG_LEVEL_LOCAL, repository: repository.pointer)
    if self["extensions.worktreeConfig"].map(Self.isTrue) ?? false {
      add(
        location.gitDirectory + "/config.worktree", GIT_CONFIG_LEVEL_APP,
        repository: repository.pointer)
    }
  }

  private func add(_ sources: ConfigurationSources, repository: OpaquePointer? = nil) {
    if let system = sources.system {
      add(system, GIT_CONFIG_LEVEL_SYSTEM, repository: repository)
    }
    let levels = [GIT_CONFIG_LEVEL_GLOBAL, GIT_CONFIG_LEVEL_XDG]
    for (path, level) in zip(sources.global.reversed(), levels) {
      add(path, level, repository: repository)
    }
  }

  /// A file that cannot be read or parsed counts for nothing: git would stop, and git is not what
  /// this program is to check.
  private func add(_ path: String, _ level: git_config_level_t, repository: OpaquePointer?) {
    guard DiskFile.isFile(path) else { return }
    if git_config_add_file_ondisk(files.pointer, path, level, repository, 0) < 0 {
      git_error_clear()
    }
  }

  subscript(key: String) -> String? {
    let normalized = ConfigurationSources.normalized(key)
    if let set = commandLine.last(where: { $0.key == normalized }) { return set.value }
    var entry: UnsafeMutablePointer<git_config_entry>?
    guard git_config_get_entry(&entry, files.pointer, key) == 0, let entry else {
      git_error_clear()
      return nil
    }
    defer { git_config_entry_free(entry) }
    // A key without `=` is a boolean that is true.
    return entry.pointee.value.map { String(cString: $0) } ?? "true"
  }

  /// Every value of a key, least important first.
  func all(_ key: String) -> [String] {
    var values: [String] = []
    // That there is no such key is no failure.
    if let iterator = try? Owned<ConfigurationIteratorKind>({
      git_config_multivar_iterator_new(&$0, files.pointer, key, nil)
    }) {
      while let entry = Self.next(iterator) { values.append(entry.value) }
    }
    let normalized = ConfigurationSources.normalized(key)
    return values + commandLine.filter { $0.key == normalized }.map(\.value)
  }

  /// The name of a boolean that is set, among those in files that a regular expression matches.
  func firstTrue(_ pattern: String) -> String? {
    // A list that cannot be made holds nothing.
    if let iterator = try? Owned<ConfigurationIteratorKind>({
      git_config_iterator_glob_new(&$0, files.pointer, pattern)
    }) {
      while let entry = Self.next(iterator) {
        if Self.isTrue(entry.value) { return entry.name }
      }
    }
    return nil
  }

  private static func next(
    _ iterator: borrowing Owned<ConfigurationIteratorKind>
  ) -> (name: String, value: String)? {
    var entry: UnsafeMutablePointer<git_config_entry>?
    guard git_config_next(&entry, iterator.pointer) == 0, let found = entry?.pointee else {
      git_error_clear()
      return nil
    }
    // A key without `=` is a boolean that is true.
    return (String(cString: found.name), found.value.map { String(cString: $0) } ?? "true")
  }

  static func isTrue(_ text: String) -> Bool { GitEnvironment.isTrue(text) }
}
