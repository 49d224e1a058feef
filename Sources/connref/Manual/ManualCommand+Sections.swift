import Reporting

/// The sections that are not generated from a command's declaration.
extension ManualCommand {
  static let environment = [
    ManualPage.Entry("NO_COLOR", "No colour, if it is set and not empty."),
    ManualPage.Entry(
      "CLICOLOR_FORCE", "Colour without a terminal too, if it is set and neither empty nor 0."),
    ManualPage.Entry("TERM", "No colour and no progress where it is dumb."),
    ManualPage.Entry(
      "GIT_DIR, GIT_INDEX_FILE, GIT_WORK_TREE, GIT_OBJECT_DIRECTORY",
      "What git passes to its hooks; read as git reads them."),
    ManualPage.Entry(
      "DATAVERSE_TOKEN, AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, "
        + "AZURE_FEDERATED_TOKEN_FILE",
      "Credentials for an environment: the first that is there, else 'az account get-access-token'."
    ),
    ManualPage.Entry(
      "AZURE_AUTHORITY_HOST, CONNREF_POWERAPPS_URL",
      "The services that give tokens and list connections, where not those of the environment's cloud."
    ),
    ManualPage.Entry(
      "SSL_CERT_FILE, HTTPS_PROXY, ALL_PROXY, NO_PROXY",
      "Which certificates are trusted, and the proxy, where an environment is asked."),
    ManualPage.Entry("XDG_STATE_HOME", "Where 'connref watch' keeps what it has seen."),
    ManualPage.Entry(
      "SOURCE_DATE_EPOCH", "The time of a report, for runs that give the same bytes."),
  ]

  static let files = [
    ManualPage.Entry(
      ".connref.yml", "The configuration of the repository: 'connref config' shows it."),
    ManualPage.Entry(
      ".connref-accepted.yml", "The findings that were approved: 'connref accept' writes it."),
    ManualPage.Entry(
      "inventory.json",
      "The manifest of a saved inventory of an environment: 'connref inventory fetch' writes it."),
    ManualPage.Entry(".git/hooks/pre-commit", "One of the hooks that 'connref install' writes."),
    ManualPage.Entry(
      ".git/hooks/pre-commit.before-connref", "The hook that was there before, and runs first."),
    ManualPage.Entry(
      "~/.local/state/connref/watch.json", "What 'connref watch' has seen, so as not to look twice."
    ),
    ManualPage.Entry(
      "refs/notes/connref",
      "Not a file but a ref: the notes on the tips of broken branches. "
        + "To read them: git log --notes=connref"),
  ]

  static let examples = [
    ManualPage.Entry(
      "Export a solution in a pipeline, and commit it only if nothing breaks:",
      """
      pac solution sync
      connref check --worktree && git commit --all -m 'Export'
      """),
    ManualPage.Entry(
      "Fail a pull request's build for what the branch brings:",
      """
      git fetch --unshallow
      connref check origin/main...HEAD
      """),
    ManualPage.Entry(
      "Find out when a reference was re-created, on one page to send:",
      """
      connref history --format html --output report.html
      """),
  ]
}
