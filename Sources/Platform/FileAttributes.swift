extension [FileAttributeKey: Any] {
  /// The permission bits of a file; nil where they are not among the attributes.
  ///
  /// A `UInt` where the small half of Foundation made them, a number of any type where the whole did.
  package var permissions: Int? {
    let value = self[.posixPermissions]
    return value as? Int ?? (value as? UInt).map { Int($0) }
  }
}
