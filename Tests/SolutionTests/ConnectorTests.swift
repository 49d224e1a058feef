import Solution
import Testing

@Suite struct ConnectorTests {
  @Test(arguments: [
    ("/providers/Microsoft.PowerApps/apis/shared_sql", "shared_sql"), ("shared_sql", "shared_sql"),
    ("/shared_sql//", "shared_sql"), ("a/ä", "ä"), ("/", "/"), ("//", "//"), ("", ""),
  ])
  func `a connector's name is the last part of its path`(path: String, name: String) {
    #expect(Connector(path: path).name == name)
  }

  @Test func `a name is the same in any letter case, and keeps its own`() {
    for spelling in ["new_a", "New_A", "ÄNEW_A"] {
      let name = LogicalName(spelling)
      #expect(name.spelling == spelling)
      #expect(name.key == spelling.lowercased())
    }
  }
}
