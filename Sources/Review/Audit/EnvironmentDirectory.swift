package import Detection
package import Git

/// The environments of a repository's configuration, by name and by address.
package struct EnvironmentDirectory {
  private let environments: [TargetEnvironment]

  /// - Parameter given: a configuration that counts in place of the repository's own.
  package init(_ repository: Repository, given: Configuration?) throws {
    environments = try PolicyFiles(repository, given: given).current().configuration.conventions
      .environments
  }

  /// The address of an environment that is called so.
  ///
  /// Throws where there is none: the message says which there are.
  package func address(of name: String) throws(GitError) -> String {
    guard let environment = environments.first(where: { $0.isCalled(name) }) else {
      let known = environments.filter { $0.address != nil }.map { "'\($0.name)'" }
      throw GitError(
        .other,
        "there is no environment '\(name)' in .connref.yml"
          + (known.isEmpty ? "" : "; those with an address are " + known.joined(separator: ", ")),
        hint: Self.hint(name))
    }
    guard let address = environment.address else {
      throw GitError(
        .other, "environment '\(environment.name)' has no address in .connref.yml",
        hint: Self.hint(environment.name))
    }
    return address
  }

  private static func hint(_ name: String) -> String {
    "environments: {\(name): {url: https://contoso.crm4.dynamics.com}}"
  }
}
