/// The version of the tool, as `connref --version` and every report that names its maker say it.
package enum ToolVersion {
  package static let current = "0.1.0"
}
