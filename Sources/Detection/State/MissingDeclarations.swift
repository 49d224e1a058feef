package import Solution

extension State {
  /// Solutions that have a manifest and no file of declarations, and use references that nothing declares: where
  /// their links lead is unknown.
  package var missingDeclarations: [Problem] {
    parts.compactMap { part -> Problem? in
      let instance = part.instance
      guard instance.declarations == .absent, instance.form.hasManifest else { return nil }
      let used = Set(part.consumers.flatMap { $0.links.compactMap(\.reference) })
      let open = used.filter { name in
        declarations.resolve(name, from: instance) == .unknown && !declarations.declares(name)
          && !declarations.isElsewhere(name, instance.uniqueName)
      }.map(\.spelling).sorted()
      guard let first = open.first else { return nil }
      let names = open.count == 1 ? first : "\(first) and \(open.count - 1) more"
      return Problem(
        path: instance.folder.isEmpty ? "." : instance.folder,
        message:
          "the file that declares the references of '\(instance.uniqueName)' is missing, and nothing "
          + "declares \(names)\nhint: put the file back, or remove the solution whole",
        hidesContent: false)
    }
  }
}
