/// The version of `connref-inventory`, which is connref's own.
package enum InventoryVersion {
  package static let current = "0.2.0"
}
