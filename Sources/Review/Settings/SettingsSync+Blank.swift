import Detection
import Editing
import Git
import Solution

/// A file that is not there yet.
extension SettingsSync {
  /// Its bytes before any row is added, and what is to be said of them.
  func blank(
    for target: SettingsTarget
  ) throws -> (file: [UInt8], remarks: [String]) {
    if let model = options.shapeOf { return try copy(of: model) }
    guard options.creates else {
      throw SettingsRefusal(
        "could not read '\(target.path)': there is no such file",
        hint: "add --create to make it, or --from ENVIRONMENT for the shape of another one's")
    }
    return (
      SettingsSheet.blank(options.shape ?? .pac),
      ["new; environment variables are not looked at, 'pac solution create-settings' lists them"]
    )
  }

  /// Another environment's file without what is its own.
  private func copy(of model: String) throws -> (file: [UInt8], remarks: [String]) {
    var path = model
    var bytes = try files.contents(of: model)
    if bytes == nil {
      let models = try files.targets(environment: model, file: nil)
      guard models.count == 1, let file = models.first else {
        throw SettingsRefusal(
          "environment '\(model)' has \(models.count) settings files",
          hint: "name one of them: --from '\(models.first?.path ?? "PATH")'")
      }
      path = file.path
      bytes = try files.contents(of: path)
    }
    guard let bytes else {
      throw SettingsRefusal("could not read '\(path)': there is no such file")
    }
    do throws(Unreadable) {
      let sheet = try SettingsSheet(bytes)
      guard sheet.lists.count == 1, let list = sheet.lists.first, list.shape != .userSetting else {
        throw Unreadable(
          "has no single list of connection references, so another file cannot be shaped like it")
      }
      let file = try SettingsSheet.edited(bytes, by: sheet.emptying()).file
      var remarks = ["new, in the shape of \(path)"]
      let sections = sheet.unknownSections
      if !sections.isEmpty {
        remarks.append(
          "copied as they are, look at their values: " + sections.joined(separator: ", "))
      }
      let foreign = list.rows.filter { $0.row.hasEnvironmentConnector }
      if !foreign.isEmpty {
        remarks.append(
          "the custom connectors' ids are those of \(path): "
            + foreign.map(\.row.reference.spelling).joined(separator: ", "))
      }
      return (file, remarks)
    } catch {
      throw SettingsRefusal(path, error)
    }
  }
}
