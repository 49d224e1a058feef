import Clibgit2

/// Says what it is about a repository that libgit2 cannot read.
enum UnsupportedFormat {
  static func error(for location: RepositoryLocation, _ failure: Libgit2Failure) -> GitError {
    let subject = location.workTree ?? location.gitDirectory
    let path = location.commonDirectory + "/config"
    if let config = try? Owned<ConfigurationKind>({ git_config_open_ondisk(&$0, path) }) {
      // For any fault of the file, libgit2's own message is better.
      if let format = value("extensions.objectformat", config), format != "sha1" {
        return unsupported(subject, "object format", format)
      }
      if let format = value("extensions.refstorage", config), format != "files" {
        return unsupported(subject, "reference format", format)
      }
    }
    let words = ["unsupported extension", "repository version"]
    let isFormat = words.contains { failure.message.contains($0) }
    return failure.error("could not open '\(subject)'", isFormat ? .unsupported : .other)
  }

  private static func unsupported(_ subject: String, _ what: String, _ name: String) -> GitError {
    GitError(
      .unsupported,
      "could not read repository '\(subject)': it uses the \(what) '\(name)', which connref "
        + "cannot read yet")
  }

  private static func value(_ key: String, _ config: borrowing Owned<ConfigurationKind>) -> String?
  {
    var entry: UnsafeMutablePointer<git_config_entry>?
    guard git_config_get_entry(&entry, config.pointer, key) == 0, let entry else {
      git_error_clear()
      return nil
    }
    defer { git_config_entry_free(entry) }
    return entry.pointee.value.map { String(cString: $0) }
  }
}
