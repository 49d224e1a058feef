/// Why a YAML document could not be read, and where.
package struct YAMLFailure: Error, Hashable, Sendable {
  /// Counted from 1; nil where libyaml names no place, as for bytes that are not UTF-8.
  package let line: Int?
  /// A predicate of the file: `is not valid YAML: did not find expected key`.
  package let message: String
}
