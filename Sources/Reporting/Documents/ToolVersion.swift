/// The version of the tool, as `connref --version` and every report that names its maker say it.
/// install.sh reads it from here.
package enum ToolVersion {
  package static let current = "0.2.0"
}
