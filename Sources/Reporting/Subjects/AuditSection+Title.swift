import Detection

extension AuditSection {
  var title: PrintableText {
    switch self {
    case .unbound: "First: what leaves flows without a connection"
    case .nextImport: "Before the next import"
    case .identity: "Accounts that flows run as"
    case .tidiness: "When there is time"
    }
  }
}
