import Solution
import Testing

/// What a consumer finds among its entries, few or so many that they are indexed.
@Suite struct ConsumerEntryTests {
  private func consumer(_ links: [Link]) -> Consumer {
    Consumer(kind: .flow, id: "1", name: "F", path: "f.json", links: links)
  }

  private func link(_ alias: String, _ name: String?, line: Int) -> Link {
    Link(
      alias: alias, reference: name.map { LogicalName($0) }, embeddedConnection: nil,
      connector: nil, line: line)
  }

  @Test(arguments: [0, 10, 1_000])
  func `an entry is found by its name and its alias in any letter case`(others: Int) {
    let consumer = consumer(
      [link("Mail", "new_a", line: 1), link("mail", nil, line: 2), link("b", "NEW_A", line: 3)]
        + (0..<others).map { link("o\($0)", "new_o\($0)", line: $0 + 4) })
    #expect(consumer.names(LogicalName("New_a")) && !consumer.names(LogicalName("new_b")))
    #expect(consumer.links(to: LogicalName("new_a")).map(\.line) == [1, 3])
    #expect(consumer.links(to: LogicalName("new_b")).isEmpty)
    #expect(consumer.links(aliased: "MAIL").map(\.line) == [1, 2])
    #expect(consumer.links(aliased: "mai").isEmpty)
  }
}
