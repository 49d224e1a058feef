import Solution

/// A reference whose file is there, while no list of its root has a line for it: the package is built
/// without it, so it counts as not declared. The fix is that line.
struct UnlistedMember {
  private let reference: Reference
  private let list: String

  /// Nil where `name` is declared, or has no file.
  init?(_ name: LogicalName, of instance: Instance) {
    guard let list = instance.memberList,
      let reference = instance.unlisted.first(where: { $0.name == name })
    else { return nil }
    self.list = list
    self.reference = reference
  }

  var statement: String {
    "'\(reference.place.path)' is there, but no solutioncomponents.yml lists it: the package is "
      + "built without it"
  }

  /// True where its folder has another name than the reference: the list may have the line for that.
  var isRenamed: Bool {
    reference.listedFolder.map { $0.lowercased() != reference.name.key } ?? false
  }

  /// How to make it a member again.
  var restoration: FixStep {
    isRenamed
      ? .text(
        "call the folder of '\(reference.place.path)' '\(reference.name.spelling)' again, as the list "
          + "does")
      : .text(addition + " again")
  }

  /// What to do, as the rest of a sentence.
  var addition: String {
    "add the line '- '@path': /connectionreferences/\(reference.listedFolder ?? reference.name.spelling)' to '\(list)'"
  }
}
