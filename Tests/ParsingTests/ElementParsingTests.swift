import Parsing
import Testing

@Suite struct ElementParsingTests {
  private func parse(
    _ text: String, keeping selection: Selection = .everything, limits: Limits = Limits()
  ) throws(XMLFailure) -> Element {
    try Element(parsing: Array(text.utf8), keeping: ["r": selection], limits: limits)
  }

  private func failure(of text: String, limits: Limits = Limits()) -> XMLFailure? {
    do {
      _ = try parse(text, limits: limits)
      return nil
    } catch { return error }
  }

  @Test func `text, attributes and lines are kept`() throws {
    let root = try parse("<r>\n <a b='1' c='x&amp;y'>one &lt; two </a>\n\n <a/></r>")
    let children = root.children(named: "a")
    #expect(children.map(\.text) == ["one < two ", ""])
    #expect(children.map(\.line) == [2, 4])
    #expect(children.first?.attribute("c") == "x&y")
    #expect(root.child("b") == nil)
  }

  @Test func `a range holds the element's bytes, tags included`() throws {
    let text = "<r><a>x</a><b/></r>"
    let root = try parse(text)
    let pieces = root.children.map { String(decoding: Array(text.utf8)[$0.range], as: UTF8.self) }
    #expect(pieces == ["<a>x</a>", "<b/>"])
  }

  @Test func `what the selection does not name is skipped`() throws {
    let root = try parse(
      "<r><a><b>1</b></a><c><a><b/></a><d>2</d></c></r>", keeping: ["c": ["d": .everything]])
    #expect(root.children.map(\.name) == ["c"])
    #expect(root.child("c")?.children.map(\.name) == ["d"])
    #expect(root.child("c")?.child("d")?.text == "2")
  }

  @Test func `names are distinguished by letter case and by their ends`() throws {
    let root = try parse("<r><A/><aa/><a/></r>", keeping: ["a": .everything])
    #expect(root.children.map(\.name) == ["a"])
  }

  @Test func `a root with another name is kept, and nothing in it`() throws {
    let root = try Element(parsing: Array("<x><r/></x>".utf8), keeping: ["r": .everything])
    #expect(root.name == "x")
    #expect(root.children.isEmpty)
  }

  @Test func `UTF-16 with a byte order mark is read, in both orders`() throws {
    let text = "<?xml version=\"1.0\" encoding=\"utf-16\"?>\n<r>ż</r>"
    var little: [UInt8] = [0xFF, 0xFE]
    var big: [UInt8] = [0xFE, 0xFF]
    for unit in text.utf16 {
      little += [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      big += [UInt8(unit >> 8), UInt8(unit & 0xFF)]
    }
    for bytes in [little, big] {
      let root = try Element(parsing: bytes, keeping: ["r": .everything])
      #expect(root.text == "ż")
      #expect(root.line == 2)
    }
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `lines are counted however they end`(end: String) throws {
    let filler = String(repeating: "x", count: 200)
    let text = "<r>" + end + end + "<a>\(filler)\(end)</a>" + end + "<s>" + end + "<a/></s><a/></r>"
    let root = try parse(text, keeping: ["a": .everything, "s": .everything])
    #expect(root.children.map(\.line) == [3, 5, 6])
    #expect(root.child("s")?.child("a")?.line == 6)
  }

  @Test func `a UTF-8 byte order mark is no text`() throws {
    let root = try Element(
      parsing: [0xEF, 0xBB, 0xBF] + Array("<r>a</r>".utf8), keeping: ["r": .everything])
    #expect(root.text == "a")
    #expect(root.range == 3..<11)
  }

  @Test func `an empty document fails`() {
    #expect(failure(of: "")?.message == "is empty")
  }

  @Test func `a truncated document fails with the line`() {
    let failure = failure(of: "<r>\n<a>\n")
    #expect(failure?.line == 3)
    #expect(failure?.message == "is not well-formed XML: no element found")
  }

  @Test func `conflict markers fail at their line`() {
    #expect(failure(of: "<r>\n<<<<<<< HEAD\n</r>")?.line == 2)
  }

  @Test func `a document type declaration is refused before its entities are read`() {
    let failure = failure(
      of: "<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n<r>&b;</r>")
    #expect(failure?.message == "has a document type declaration, which is refused")
    #expect(failure?.line == 1)
  }

  @Test func `an entity of unknown name fails`() {
    #expect(failure(of: "<r>&nbsp;</r>")?.message == "is not well-formed XML: undefined entity")
  }

  @Test func `bytes, depth and elements are capped`() {
    #expect(
      failure(of: "<r>....</r>", limits: Limits(bytes: 10))?.message == "is larger than 10 bytes")
    #expect(
      failure(of: "<r>\n<a><a/></a></r>", limits: Limits(depth: 2))
        == XMLFailure(line: 2, offset: 7, message: "is nested deeper than 2 elements"))
    #expect(
      failure(of: "<r><a/><a/></r>", limits: Limits(elements: 2))?.message
        == "has more than 2 elements")
  }

  @Test func `a hundred thousand open elements are refused, not followed`() {
    let failure = failure(of: "<r>" + String(repeating: "<a>", count: 100_000))
    #expect(failure?.message == "is nested deeper than 256 elements")
  }

  @Test func `an attribute of eight megabytes is read`() throws {
    let root = try parse("<r a='\(String(repeating: "x", count: 8 << 20))'/>")
    #expect(root.attribute("a")?.utf8.count == 8 << 20)
  }

  /// A document of which nearly all is a section that nothing names, with `piece` in it.
  private func large(_ piece: String) -> String {
    let filler = (0..<2_000).map { "<e n='\($0)' m=\"a &amp; b\">\u{e9} \($0 % 7)</e>" }
    return "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<r x='1'>\n<k>one</k>\n<s>"
      + filler.joined(separator: "\r\n") + piece + "</s>\n<t/><k a='2'>two</k>\n</r>\n"
  }

  @Test func `sections that nothing names change no place and no text`() throws {
    let text = large("<a>&lt;</a>")
    let (whole, kept) = (try parse(text), try parse(text, keeping: ["k": .everything]))
    #expect("\(kept.children)" == "\(whole.children(named: "k"))")
    #expect(kept.children.map(\.text) == ["one", "two"])
    #expect(kept.range == whole.range)
    #expect(kept.attributes == whole.attributes)
  }

  @Test(arguments: [
    "<a>", "</a>", "<a></b>", "<a", "<a b>", "<a b=c/>", "<a b='1'c='2'/>", "<a b='1' b='2'/>",
    "<a b='<'/>", "&", "&x;", "&#0;", "<a b='&'/>", "\u{1}", "]]>", "<<<<<<< HEAD", "<!-- -- -->",
    "<1/>", "< a/>", "<a/ >", "</s><s>", "<a>\u{ffff}</a>", "<!DOCTYPE r>", "</s></r><r><s>",
    "&amp",
  ])
  func `a large document is refused for what is wrong where nothing is kept`(
    _ piece: String
  ) throws {
    func failure(_ selection: Selection) -> XMLFailure? {
      do {
        _ = try parse(large(piece), keeping: selection)
        return nil
      } catch { return error }
    }
    let (whole, kept) = (failure(.everything), failure(["k": .everything]))
    #expect(kept?.line == whole?.line)
    #expect(kept?.message == whole?.message)
  }

  @Test(arguments: ["<!-- c -->", "<![CDATA[<]]>", "<?p i?>", "&#xe9;", "<\u{e9}/>", "<a b='>'/>"])
  func `a large document may hold what only a parser understands`(_ piece: String) throws {
    let text = large(piece)
    let kept = try parse(text, keeping: ["k": .everything]).children
    #expect("\(kept)" == "\(try parse(text).children(named: "k"))")
  }

  @Test func `limits hold where nothing is kept`() {
    var limits = Limits(depth: 3)
    #expect(throws: XMLFailure.self) {
      try parse(large("<a><b/></a>"), keeping: ["k": .everything], limits: limits)
    }
    limits = Limits(elements: 2_000)
    #expect(throws: XMLFailure.self) {
      try parse(large(""), keeping: ["k": .everything], limits: limits)
    }
  }
}
