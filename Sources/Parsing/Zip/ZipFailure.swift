/// Why an archive or an entry could not be read.
package struct ZipFailure: Error, Hashable, Sendable {
  /// A predicate of the file, `is not a zip archive: …`.
  package let message: String
  /// True where the archive is more than this program reads, and may be sound.
  package var isOverLimit = false
}
