/// The name of a rule, as users write it. Equal to the rule's file name in kebab case.
package enum RuleID: String, Sendable, CaseIterable {
  case referenceRecreated = "reference-recreated"
  case referenceReplaced = "reference-replaced"
  case referenceRemoved = "reference-removed"
  case linkLost = "link-lost"
  case referencesWiped = "references-wiped"
  case connectorChanged = "connector-changed"
  case referenceRecased = "reference-recased"
  case connectionEmbedded = "connection-embedded"
  case settingsStale = "settings-stale"
  case settingsMissing = "settings-missing"
  case nameOffConvention = "name-off-convention"
  case approvalExpired = "approval-expired"
  case approvalUnused = "approval-unused"
  case approvalBroad = "approval-broad"
}
