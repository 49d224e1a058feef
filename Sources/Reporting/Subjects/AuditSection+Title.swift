import Detection

extension AuditSection {
  var title: PrintableText {
    switch self {
    case .unbound: "First: flows without a connection, off until they get one"
    case .nextImport: "Before the next import"
    case .identity: "Accounts that flows run as"
    case .tidiness: "When there is time"
    }
  }
}
