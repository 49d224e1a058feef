import Clibgit2

/// The kind of a libgit2 handle, so that none is mistaken for another, and how it is freed.
protocol HandleKind {
  static func free(_ pointer: OpaquePointer)
}

/// A libgit2 handle, freed once.
struct Owned<Kind: HandleKind>: ~Copyable {
  let pointer: OpaquePointer

  /// Calls a function of libgit2 that makes a handle.
  init(_ make: (inout OpaquePointer?) -> Int32) throws(Libgit2Failure) {
    guard Libgit2.ready else { throw Libgit2Failure(code: -1) }
    var made: OpaquePointer?
    try Libgit2.check(make(&made))
    guard let made else { throw Libgit2Failure(code: -1) }
    pointer = made
  }

  deinit { Kind.free(pointer) }
}

enum RepositoryKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { git_repository_free(pointer) }
}

enum ObjectStoreKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { git_odb_free(pointer) }
}

enum RawObjectKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { git_odb_object_free(pointer) }
}

enum ParsedObjectKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { git_object_free(pointer) }
}

enum ReferenceKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { git_reference_free(pointer) }
}

enum ReferenceIteratorKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { git_reference_iterator_free(pointer) }
}

enum ConfigurationKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { git_config_free(pointer) }
}

enum ConfigurationIteratorKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { git_config_iterator_free(pointer) }
}

enum NoteKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { git_note_free(pointer) }
}
