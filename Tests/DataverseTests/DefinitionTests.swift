import Dataverse
import Foundation
import Platform
import Testing

/// What is kept of a flow's definition.
@Suite struct DefinitionTests {
  private let links =
    #"{"properties":{"connectionReferences":{"shared_sql":{"connection":{"connectionReferenceLogicalName":"sales_Orders"}}}}}"#

  private func kept(_ text: String, isCompressed: Bool = false, isWhole: Bool = false) -> Row {
    FlowDefinition.reduced(
      Row([
        "workflowid": .text("1"), "clientdata": .text(text),
        "clientdataiscompressed": .flag(isCompressed),
      ]), isWhole: isWhole)
  }

  @Test func `without definitions the links remain`() {
    let text =
      #"{"properties":{"connectionReferences":{"shared_sql":{"connection":{"connectionReferenceLogicalName":"sales_Orders"}}},"definition":{"actions":{"Secret":{}}}},"schemaVersion":"1.0.0.0"}"#
    #expect(kept(text).text("clientdata") == links)
    #expect(kept(text, isWhole: true).text("clientdata") == text)
  }

  @Test(arguments: [
    // gzip, zlib of UTF-16, a bare stream
    "H4sIAAAAAAACA3WLQQqAMAwE/5Jn9A2i4AckpKsWalqT3op/F/HkwTkOM52qlQprCU6hkxRVSEtFZ6wwqLzedzbExc/8rX6eoWxJOI98gAI5Z/gyWYQ5XQ83Pl93vncAAAA=",
    "eJyVjssJgEAMRKcWy7AGUbABkd31A/71Jvbuyx4EL4IEJpmZ/E4lWrRpBgP5UE/eUVOdoMOZiEBlnrES1sTuAHOv/l2d6uh4VbBVw+euf3cy9BbXcWNQDo6otsMum2a/VCqY8XHSPrueuAEhJS1J",
    "dYtBCoAwDAT/kmf0DaLgBySkqxZqWpPein8X8eTBOQ4znaqVCmsJTqGTFFVIS0VnrDCovN53NsTFz/ytfp6hbEk4j3yAAjln+DJZhDldDzc=",
  ])
  func `a compressed definition is expanded`(text: String) {
    #expect(kept(text, isCompressed: true).text("clientdata") == links)
  }

  @Test func `what cannot be read is said, and not lost`() {
    #expect(
      kept("AAAA", isCompressed: true).text("connref.unreadable")
        == "is compressed in a way that is not known")
    #expect(
      kept("{", isCompressed: false).text("connref.unreadable") == "is not the JSON of a flow")
    #expect(kept("", isCompressed: false).text("connref.unreadable") == nil)
  }

  @Test func `stored and fixed blocks are expanded, cut and large ones are not`() throws {
    func expanded(_ base64: String, limit: Int = 100) throws -> String? {
      let data = try #require(Data(base64Encoded: base64))
      return Inflate.expanded([UInt8](data), limit: limit).map {
        String(decoding: $0, as: UTF8.self)
      }
    }
    #expect(try expanded("AQYA+f9zdG9yZWQ=") == "stored")
    #expect(try expanded("S8usSE1RSEMnAQ==") == "fixed fixed fixed fixed")
    #expect(try expanded("S8usSE1RSEMnAQ==", limit: 8) == nil)
    #expect(try expanded("S8usSE1R") == nil)
    #expect(try expanded("AQYA+f9zdG9y") == nil)
  }
}
