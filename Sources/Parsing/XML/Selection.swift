/// The parts of a document to keep. Other parts are still checked for being well
/// formed, but costs no memory and no string.
///
/// Written as a literal: `["ImportExportXml": ["connectionreferences": .everything]]`. Names are
/// matched as written in the document, letter case and prefix included.
package indirect enum Selection: Sendable, ExpressibleByDictionaryLiteral {
  /// The element's text and all that is in it.
  case everything
  /// The element's attributes and these children; not its text.
  case children([Child])

  /// A name, and what to keep of the elements that have it.
  package struct Child: Sendable {
    /// UTF-8, ending in a zero, as expat gives names.
    let name: [CChar]
    let selection: Selection
  }

  package init(dictionaryLiteral elements: (String, Selection)...) {
    self = .children(
      elements.map { name, selection in
        Child(name: name.utf8.map { CChar(bitPattern: $0) } + [0], selection: selection)
      })
  }
}
