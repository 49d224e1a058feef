package import Solution

extension Instance {
  /// The reference of this solution that `consumer` most likely means by `name`: equal connector as the
  /// link says, equal stem before others. Nil where none or several fit.
  package func nearest(to name: LogicalName, of consumer: Consumer) -> Reference? {
    guard let connector = consumer.links(to: name).first?.connector else {
      return nil
    }
    func fits(_ reference: Reference) -> Bool {
      reference.connector.isSame(as: connector)
    }
    let sameStem = references(withStem: name.stem).filter(fits)
    if sameStem.count == 1 { return sameStem.first }
    let fitting = references.lazy.filter(fits).prefix(2)
    return fitting.count == 1 ? fitting.first : nil
  }

  /// The same, where it is near enough to be put in place of `name` by a patch: of equal stem. One of
  /// equal connector alone may well be another database.
  package func successor(of name: LogicalName, for consumer: Consumer) -> Reference? {
    nearest(to: name, of: consumer).flatMap { $0.name.stem == name.stem ? $0 : nil }
  }
}
