#!/bin/sh
# usage: check.sh [OPTION…]
#
# Checks in a pipeline what a pull request, a merge queue or a push brings: asks GitHub Actions, Azure
# Pipelines or GitLab CI for the two revisions, fetches what a shallow or partial clone lacks, and runs
# 'connref check' with the options given. Ends as that ends: 0 no problems found, 1 findings, 2 could
# not tell. Needs git, and no token but what the checkout left to git.
#
# On other runners, or to have it otherwise:
#   CONNREF_BEFORE    what to compare with: a commit, or a branch of the remote
#   CONNREF_AFTER     what to look at: a commit; else the one that is checked out
#   CONNREF_MAIN      the main branch, where the runner does not say it
#   CONNREF_FORMAT    how to print it; else as the runner shows it best
#   CONNREF_REPORTS   files to write as well, as in 'sarif=connref.sarif junit=connref.xml'

set -u

remote=origin
# Whether something could not be fetched that a check may need.
incomplete=''
# A check looks so many commits back for earlier removals.
look_back=500

main() {
  find_connref
  checked_out=$(git rev-parse --verify HEAD) || could_not_tell 'no commit is checked out here'
  ask_runner
  case $happened in
    pull) compare_pull ;;
    push) compare_push ;;
    deletion) nothing_to_check ;;
    *) compare_with_main ;;
  esac
  report "$@"
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

# What happened (pull, push or anything else), to which branch, and the commits that the runner names.
ask_runner() {
  format=text happened='' before='' after=$checked_out source='' branch='' target='' main=${CONNREF_MAIN:-}
  all_commits='git fetch --unshallow'
  if [ "${GITHUB_ACTIONS:-}" = true ]; then
    ask_github
  elif [ "${TF_BUILD:-}" = True ]; then
    ask_azure
  elif [ "${GITLAB_CI:-}" = true ]; then
    ask_gitlab
  fi
  if [ -n "${CONNREF_BEFORE:-}" ]; then happened=pull before=$CONNREF_BEFORE source='' target=''; fi
  after=${CONNREF_AFTER:-$after}
  format=${CONNREF_FORMAT:-$format}
}

# Values of the event alone are set by github/action.yml: CONNREF_PULL_BEFORE and so on.
ask_github() {
  format=github
  all_commits="set 'fetch-depth: 0' for actions/checkout"
  [ "${GITHUB_REF_TYPE:-branch}" != branch ] || branch=${GITHUB_REF_NAME:-}
  case ${GITHUB_EVENT_NAME:-} in
    pull_request*)
      happened=pull source=${CONNREF_PULL_SOURCE:-} target=${GITHUB_BASE_REF:-}
      before=${CONNREF_PULL_BEFORE:-refs/heads/${GITHUB_BASE_REF:-}}
      ;;
    merge_group) happened=pull before=${CONNREF_QUEUE_BEFORE:-} after=$GITHUB_SHA ;;
    push)
      happened=push before=${CONNREF_PUSH_BEFORE:-} after=$GITHUB_SHA
      # Then the commit is that of the default branch.
      [ "${CONNREF_PUSH_DELETED:-}" != true ] || happened=deletion
      ;;
  esac
}

ask_azure() {
  format=azure
  all_commits="set 'fetchDepth: 0' for checkout, or 'persistCredentials: true' to let it be fetched"
  if [ -n "${SYSTEM_PULLREQUEST_TARGETBRANCH:-}" ]; then
    # Azure Repos has refs/heads/main here, GitHub main
    happened=pull before=refs/heads/${SYSTEM_PULLREQUEST_TARGETBRANCH#refs/heads/}
    source=${SYSTEM_PULLREQUEST_SOURCECOMMITID:-}
  else
    # a push too: Azure does not say what the branch was before
    case ${BUILD_SOURCEBRANCH:-} in
      refs/heads/*) branch=${BUILD_SOURCEBRANCH#refs/heads/} ;;
    esac
  fi
}

ask_gitlab() {
  all_commits="set the variable GIT_DEPTH to '0'"
  main=${main:-${CI_DEFAULT_BRANCH:-}} branch=${CI_COMMIT_BRANCH:-}
  if [ -n "${CI_MERGE_REQUEST_IID:-}" ]; then
    happened=pull
    before=${CI_MERGE_REQUEST_DIFF_BASE_SHA:-refs/heads/${CI_MERGE_REQUEST_TARGET_BRANCH_NAME:-}}
    target=${CI_MERGE_REQUEST_TARGET_BRANCH_NAME:-}
    # given where a merged result or a merge train is checked out
    source=${CI_MERGE_REQUEST_SOURCE_BRANCH_SHA:-}
  elif [ "${CI_PIPELINE_SOURCE:-}" = push ]; then
    happened=push before=${CI_COMMIT_BEFORE_SHA:-}
  fi
}

compare_pull() {
  # For a pull request a runner checks out its merge with the target: the first parent is what merging
  # would change. The event's target may be hours old.
  if [ -n "$source" ] && [ "$(parent 2 "$checked_out")" = "$source" ]; then
    after=$checked_out
    target=''
    compare "$(parent 1 "$after")"
  else
    after=${source:-$after}
    compare "$before"
  fi
}

compare_push() {
  [ -n "$after" ] || could_not_tell 'the runner does not say which commit was pushed'
  ! is_none "$after" || nothing_to_check
  if is_none "$before"; then
    compare_with_main
  elif ! found "$before" >/dev/null 2>&1; then
    name_main
    [ "$branch" != "$main" ] ||
      could_not_tell "the push was forced, and $before, which '$main' was before, no longer exists" \
        'set CONNREF_BEFORE to the last commit that was in order'
    say "note: the push was forced, and $before, which '$branch' was before, no longer exists"
    compare_with_main
  else
    # The main branch is trusted as it was, another one is judged by the rules of the main one.
    name_main
    [ "$branch" = "$main" ] || target=$main
    compare "$before"
    ! git merge-base --is-ancestor "$before" "$after" || return 0
    # A forced push. Others have the main branch: what it lost counts as well. Another one is
    # looked at for what it brings.
    if [ "$branch" = "$main" ]; then dots=..; else compare_with_main; fi
  fi
}

# For a run without a named commit before it: a new branch, a tag, a run by hand.
compare_with_main() {
  name_main
  if [ "$branch" != "$main" ]; then
    compare "refs/heads/$main"
    return
  fi
  before=$(parent 1 "$after")
  if [ -z "$before" ]; then
    say 'the first commit: there is nothing before it'
    exit 0
  fi
  say "note: nothing says what '$main' was before: its last commit alone is looked at"
  compare "$before"
}

nothing_to_check() {
  say 'the branch was deleted: nothing to check'
  exit 0
}

name_main() {
  [ -z "$main" ] || return 0
  main=$(online ls-remote --symref "$remote" HEAD |
    sed -n 's,^ref: refs/heads/\([^[:space:]]*\)[[:space:]].*,\1,p')
  [ -n "$main" ] || main=$(git symbolic-ref --quiet "refs/remotes/$remote/HEAD" |
    sed "s,^refs/remotes/$remote/,,")
  [ -n "$main" ] || could_not_tell 'could not find out the main branch' 'set CONNREF_MAIN'
}

# compare BEFORE: makes both sides commits that are here, with what a check reads of their past; and
# the branch whose configuration and approvals count.
compare() {
  named=$after policy=''
  after=$(found "$after") || could_not_tell "could not find or fetch '$named'" "$all_commits"
  before=$(found "$1") || could_not_tell "could not find or fetch '$1'" "$all_commits"
  if [ -n "$target" ]; then
    policy=$(found_branch "$target") ||
      could_not_tell "could not find or fetch '$target'" "$all_commits"
  fi
  dots=...
  fetch_history
  git merge-base "$before" "$after" >/dev/null || ! is_shallow ||
    could_not_tell 'the clone is too shallow to find the merge base' "$all_commits"
}

# Prints the commit that is meant by a commit id, a branch of the remote or a revision; fetches it.
found() {
  case $1 in
    refs/heads/*) found_branch "${1#refs/heads/}" ;;
    "$remote"/*) found_branch "${1#"$remote"/}" ;;
    *[!0-9a-f]*) found_branch "$1" 2>/dev/null || git rev-parse --verify --quiet "$1^{commit}" ;;
    *)
      is_here "$1" || online fetch --quiet --no-tags "$remote" "$1" || return
      git rev-parse --verify --quiet "$1^{commit}"
      ;;
  esac
}

found_branch() {
  online fetch --quiet --no-tags "$remote" "+refs/heads/$1:refs/remotes/$remote/$1"
  git rev-parse --verify --quiet "refs/remotes/$remote/$1^{commit}"
}

fetch_history() {
  # The files that a partial clone left out: connref does not fetch them one by one.
  how=''
  if git config --get-regexp '^remote\..*\.promisor$' true >/dev/null; then
    how='--refetch --no-filter'
    is_shallow || fetch_more
  fi
  ! is_shallow || fetch_more "--deepen=$look_back"
  # The merge base is certain if one side is an ancestor of the other.
  ! is_shallow || git merge-base --is-ancestor "$before" "$after" || fetch_more --unshallow
}

fetch_more() {
  # shellcheck disable=SC2086 # a list of options
  online fetch --quiet --no-tags $how "$@" "$remote" "$after" "$before" ||
    incomplete=yes
}

# parent NUMBER COMMIT: prints it, if there is one. From the commit itself: where a shallow clone ends,
# git says that there is none.
parent() { git cat-file commit "$2" | sed -n -e '/^$/q' -e 's/^parent //p' | sed -n "${1}p"; }

is_here() { git cat-file -e "$1^{commit}" 2>/dev/null; }

is_none() { [ -z "$(printf %s "$1" | tr -d 0)" ]; }

is_shallow() { [ "$(git rev-parse --is-shallow-repository)" = true ]; }

# There is no user to type a password.
online() { GIT_TERMINAL_PROMPT=0 git "$@" </dev/null; }

report() {
  [ -z "$policy" ] || set -- --policy "$policy" "$@"
  range=$before$dots$after
  say "connref check $range"
  for wish in ${CONNREF_REPORTS:-}; do
    rm -f "${wish#*=}"
    "$connref" check "$range" "$@" --quiet --format "${wish%%=*}" --output "${wish#*=}" 2>/dev/null
    [ -f "${wish#*=}" ] || could_not_tell "could not write the report '$wish'"
  done
  "$connref" check "$range" --format "$format" "$@" || exit
  [ -z "$incomplete" ] ||
    could_not_tell 'could not fetch the commits that a check looks back over' "$all_commits"
}

say() { printf '%s\n' "$1" >&2; }

could_not_tell() {
  say "error: $1"
  [ $# -lt 2 ] || say "hint: $2"
  exit 2
}

main "$@"
