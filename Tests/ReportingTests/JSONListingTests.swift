import Reporting
import Solution
import Testing

struct JSONListingTests {
  @Test func `the listing is a list of solutions`() {
    let snapshot = Listings.snapshot(
      references: [Listings.reference("new_a")],
      externals: [
        ExternalReference(
          name: LogicalName("new_b"), origin: .active,
          place: Place(path: "solutions/Sales/Other/Solution.xml", line: 8))
      ],
      consumers: [
        Listings.flow("Notify", names: ["new_a", "new_gone"]),
        Listings.app("Order desk", id: "new_desk_1a2b3", calls: ["notify"]),
      ],
      settings: [Listings.settings("config/prod.json", [("new_a", "abc")])])
    #expect(
      Report(Listing(snapshot)).json == """
        {
          "schema": "connref/1",
          "command": "list",
          "solutions": [
            {
              "name": "Sales",
              "folder": "solutions/Sales",
              "form": "unpacked",
              "publisherPrefix": "new",
              "declarations": "read",
              "references": [
                {
                  "logicalName": "new_a",
                  "displayName": "SharePoint Sales",
                  "connector": "shared_sharepointonline",
                  "stub": false,
                  "path": "solutions/Sales/Other/Customizations.xml",
                  "line": 214,
                  "consumers": [
                    {
                      "kind": "flow",
                      "id": "notify",
                      "name": "Notify",
                      "solution": "Sales",
                      "path": "solutions/Sales/Workflows/Notify-1.json",
                      "line": 9,
                      "alias": "shared_x_0",
                      "calledBy": [
                        {
                          "kind": "app",
                          "id": "new_desk_1a2b3",
                          "name": "Order desk",
                          "solution": "Sales",
                          "path": "solutions/Sales/CanvasApps/new_desk_1a2b3.meta.xml"
                        }
                      ]
                    }
                  ],
                  "rows": [
                    {
                      "path": "config/prod.json",
                      "line": 4,
                      "bound": true
                    }
                  ]
                }
              ],
              "externals": [
                {
                  "logicalName": "new_b",
                  "from": null,
                  "path": "solutions/Sales/Other/Solution.xml",
                  "line": 8,
                  "consumers": [],
                  "rows": []
                }
              ],
              "unresolved": [
                {
                  "kind": "flow",
                  "id": "notify",
                  "name": "Notify",
                  "solution": "Sales",
                  "path": "solutions/Sales/Workflows/Notify-1.json",
                  "line": 10,
                  "alias": "shared_x_1",
                  "calledBy": [
                    {
                      "kind": "app",
                      "id": "new_desk_1a2b3",
                      "name": "Order desk",
                      "solution": "Sales",
                      "path": "solutions/Sales/CanvasApps/new_desk_1a2b3.meta.xml"
                    }
                  ],
                  "reference": "new_gone",
                  "embedded": false
                }
              ]
            }
          ],
          "problems": []
        }

        """)
  }
}
