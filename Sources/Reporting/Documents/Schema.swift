import Detection

/// The JSON Schemas (draft 2020-12) of what connref prints and reads, from the files in `Schemas`.
///
/// Later versions of the tool add members and values, and remove none.
package enum Schema: String, CaseIterable, Sendable {
  case report, history, life, branches, watch, list, rules, approvals, configuration

  /// The documents it describes.
  package var subject: String {
    switch self {
    case .report: "connref check, audit, settings check --format json"
    case .history: "connref history --format json; a line of jsonl is its definition 'finding'"
    case .life: "connref history --reference NAME --format json"
    case .branches: "connref branches --format json"
    case .watch: "connref watch --log json, and the input of --on-flag"
    case .list: "connref list --format json"
    case .rules: "connref rules, explain --format json"
    case .approvals: "connref accept --list --format json"
    case .configuration: ".connref.yml"
    }
  }

  /// The schema itself, with a line end.
  package var document: String {
    switch self {
    case .report: Self.text(PackageResources.report_json)
    case .history: Self.text(PackageResources.history_json)
    case .life: Self.text(PackageResources.life_json)
    case .branches: Self.text(PackageResources.branches_json)
    case .watch: Self.text(PackageResources.watch_json)
    case .list: Self.text(PackageResources.list_json)
    case .rules: Self.text(PackageResources.rules_json)
    case .approvals: Self.text(PackageResources.approvals_json)
    case .configuration: ConfigurationSchema.document
    }
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
