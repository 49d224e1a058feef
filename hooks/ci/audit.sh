#!/bin/sh
# usage: audit.sh [OPTION…]
#
# Audits an environment in a pipeline: saves what it holds, runs 'connref audit' beside the revision with the
# options given, and shows the report as the summary of the job. Ends as the audit ends: 0 no problems found,
# 1 findings, 2 could not tell.
#
#   CONNREF_ENVIRONMENT   the address of the environment, or its name in .connref.yml
#   CONNREF_REVISION      the revision that was deployed there; else the one that is checked out
#   CONNREF_INVENTORY     a folder of the repository to save to, to be committed; else a temporary one
#   CONNREF_BRANCH        commits that folder, where it has changed, and pushes it to this branch
#   CONNREF_REPORTS       files to write as well, as in 'html=connref.html json=connref.json'
#
# Credentials are those of 'connref inventory fetch': an identity token of GitHub Actions, the
# account signed in with az, or variables.

set -u

main() {
  find_connref
  [ -n "${CONNREF_ENVIRONMENT:-}" ] || could_not_tell 'CONNREF_ENVIRONMENT is not set'
  revision=${CONNREF_REVISION:-HEAD}
  temporary=$(mktemp -d) || could_not_tell 'could not make a temporary folder'
  trap 'rm -rf "$temporary"' EXIT
  inventory=${CONNREF_INVENTORY:-$temporary/inventory}

  # without names: what is saved may be committed
  "$connref" inventory fetch --environment "$CONNREF_ENVIRONMENT" --output "$inventory" || exit 2
  for wish in ${CONNREF_REPORTS:-}; do
    rm -f "${wish#*=}"
    audit "$@" --quiet --format "${wish%%=*}" --output "${wish#*=}" 2>/dev/null
    [ -f "${wish#*=}" ] || could_not_tell "could not write the report '$wish'"
  done
  summarize "$@"
  status=0
  audit "$@" || status=$?
  commit_inventory
  exit "$status"
}

find_connref() {
  connref=connref
  here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
  case $here in
    # where connref is installed, or unpacked
    */share/connref/ci) [ ! -x "$here/../../../bin/connref" ] || connref=$here/../../../bin/connref ;;
  esac
  command -v "$connref" >/dev/null ||
    could_not_tell 'could not find connref' 'unpack a package of it and add its bin to PATH'
}

audit() { "$connref" audit "$revision" --inventory "$inventory" "$@"; }

# Where the runner shows a page for the job.
summarize() {
  if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
    audit "$@" --quiet --format markdown >>"$GITHUB_STEP_SUMMARY" 2>/dev/null
  elif [ "${TF_BUILD:-}" = True ]; then
    page=${AGENT_TEMPDIRECTORY:-$temporary}/connref-audit.md
    audit "$@" --quiet --format markdown >"$page" 2>/dev/null
    echo "##vso[task.uploadsummary]$page"
  fi
}

commit_inventory() {
  [ -n "${CONNREF_BRANCH:-}" ] || return 0
  [ -n "${CONNREF_INVENTORY:-}" ] || could_not_tell 'CONNREF_BRANCH is set, and CONNREF_INVENTORY is not'
  git add --all -- "$inventory" || could_not_tell "could not add '$inventory'"
  # the time of the fetch changes every week: alone it is no change
  changed=$(git diff --cached --name-only -- "$inventory" | grep -cv '/inventory\.json$')
  if [ "$changed" = 0 ]; then
    say 'the environment holds what it held: nothing to commit'
    return 0
  fi
  git -c user.name="${CONNREF_AUTHOR:-connref}" -c user.email="${CONNREF_EMAIL:-connref@example.com}" \
    commit --quiet --message "Inventory of $CONNREF_ENVIRONMENT" -- "$inventory" ||
    could_not_tell "could not commit '$inventory'"
  GIT_TERMINAL_PROMPT=0 git push --quiet origin "HEAD:refs/heads/$CONNREF_BRANCH" </dev/null ||
    could_not_tell "could not push '$inventory' to '$CONNREF_BRANCH'" \
      'the job needs the right to push: permissions: {contents: write}, or persistCredentials: true'
}

say() { printf '%s\n' "$1" >&2; }

could_not_tell() {
  say "error: $1"
  [ $# -lt 2 ] || say "hint: $2"
  exit 2
}

main "$@"
