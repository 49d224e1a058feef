import Solution

extension Instance {
  /// The form as reports name it.
  var formName: String {
    switch form {
    case .unpacked: "unpacked"
    case .plain: "plain"
    case .archive: "archive"
    case .yaml: "yaml"
    case .flowsOnly: "flows-only"
    case .codeApp: "code-app"
    case .canvasApp: "canvas-app"
    case .flowPackage: "flow-package"
    case .clone: "agent-clone"
    }
  }

  /// Whether the declarations could be read, as JSON names it.
  var declarationsName: String {
    switch declarations {
    case .read: "read"
    case .absent: "absent"
    case .unreadable: "unreadable"
    }
  }
}
