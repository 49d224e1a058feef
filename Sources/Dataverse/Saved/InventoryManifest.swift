package import Platform

/// `inventory.json` in a saved inventory: of what it is, and whether it is whole.
///
/// A folder without a manifest that says `complete` is no inventory; a file that it does not name, or whose
/// digest is another, does not belong to it.
package struct InventoryManifest: Codable, Hashable, Sendable {
  package static let fileName = "inventory.json"
  package static let currentFormat = 1

  package struct SavedFile: Codable, Hashable, Sendable {
    package let name: String
    package let rows: Int
    /// Of its bytes: see `InventoryDigest`.
    package let digest: String

    package init(name: String, rows: Int, digest: String) {
      self.name = name
      self.rows = rows
      self.digest = digest
    }
  }

  package struct SavedTable: Codable, Hashable, Sendable {
    package let name: String
    package let extent: EnvironmentTable.Extent
    package let rows: Int
    /// Why it is not all; nil where it is.
    package let reason: String?
    package let files: [SavedFile]

    package init(
      name: String, extent: EnvironmentTable.Extent, rows: Int, reason: String?, files: [SavedFile]
    ) {
      self.name = name
      self.extent = extent
      self.rows = rows
      self.reason = reason
      self.files = files
    }
  }

  package var connrefInventory: Int
  /// `https://contoso.crm4.dynamics.com`
  package var environment: String
  /// The id that the maker portal and the service for administrators know it by; nil where unknown.
  package var environmentID: String?
  package var organization: String?
  /// When the fetch began: `2026-11-29T06:00:00Z`.
  package var fetched: String
  package var version: String
  package var complete: Bool
  package var definitions: Bool
  package var names: Bool
  package var tables: [SavedTable]

  package init(
    environment: String, fetched: String, version: String, definitions: Bool, names: Bool
  ) {
    connrefInventory = Self.currentFormat
    self.environment = environment
    self.fetched = fetched
    self.version = version
    complete = false
    self.definitions = definitions
    self.names = names
    tables = []
  }

  /// Throws where this is no manifest.
  package init(_ file: [UInt8]) throws {
    self = try JSONDecoder().decode(InventoryManifest.self, from: Data(file))
  }

  /// As the file has it, with a line break at its end.
  package func file() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    return [UInt8](try encoder.encode(self)) + [0x0A]
  }
}

/// Detects files that were mixed up: FNV-1a of 64 bits. It is no defence against forgery.
package enum InventoryDigest {
  package static func digest(of bytes: [UInt8]) -> String {
    fnv1a(bytes).digits(16, radix: 16)
  }
}
