/// What a file may be, judged by its own name and its folder's name alone: cheap enough to ask of
/// every entry of every tree.
package enum FileRole: UInt8, Hashable, Sendable {
  /// `Customizations.xml`: declares references (SolutionPackager and plain layouts).
  case customizations
  /// `Solution.xml`: unique name, publisher, MissingDependencies.
  case manifest
  /// `<Name>-<GUID>.json` in `Workflows` or `modernflows`.
  case flow
  /// `<Name>-<GUID>.json.data.xml`.
  case flowMetadata
  /// `connectionreferences/<name>/connectionreference.yml`; the server can be set to write `.xml` or
  /// `.json`, and `connectionreferences/<name>.yml` was seen made by hand.
  case yamlReference
  /// `solutions/<name>/solution.yml`.
  case yamlManifest
  /// `solutions/<name>/solutioncomponents.yml`.
  case yamlComponents
  /// `solutions/<name>/missingdependencies.yml`.
  case yamlMissingDependencies
  /// `publishers/<name>/publisher.yml`.
  case yamlPublisher
  /// Any other `.json`: a deployment settings file if its shape says so.
  case settingsCandidate
}
