# shellcheck shell=bash
# What the end-to-end checks of this folder share: a closed world, checks that count themselves, and the
# solution of 'connref demo'. To be sourced.

# begin [PREFIX]: what every run does first. Without a PREFIX, connref is built and installed as a user
# would.
begin() {
  root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd) || exit 1
  exec </dev/null
  # pwd -P: a temporary folder is a link on some systems, and git prints the real path
  work=$(cd "$(mktemp -d)" && pwd -P) || exit 1
  trap 'rm -rf "$work"' EXIT
  passed=0 failed=0
  prefix=${1:-$work/prefix}
  if [ $# = 0 ]; then
    PREFIX=$prefix "$root/install.sh" || exit 1
  fi
  enter_closed_world
  connref demo "$work/example" >/dev/null || exit 1
  git -C "$work/example" reset -q --hard
  # the solution that the checks are made with
  example=$work/example/solutions/Sales
}

# finish: prints the counts; fails if a check did.
finish() {
  echo "$passed passed, $failed failed"
  [ "$failed" = 0 ]
}

# Nothing of the user's own git reaches the repositories made here.
enter_closed_world() {
  # a CI job that itself runs in a hook hands on its repository
  # shellcheck disable=SC2046
  unset $(git rev-parse --local-env-vars)
  mkdir -p "$work/home"
  # What fetches packages needs the user's own settings.
  # shellcheck disable=SC2034 # .ci/package uses it
  users_world=(env -u GIT_CONFIG_NOSYSTEM -u GIT_CONFIG_GLOBAL "HOME=${HOME:-/}")
  export HOME=$work/home PATH=$prefix/bin:$PATH LC_ALL=C
  export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_TERMINAL_PROMPT=0 GIT_EDITOR=true
  export GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@example.com
  export GIT_COMMITTER_NAME=Ada GIT_COMMITTER_EMAIL=ada@example.com
}

# need COMMAND: installs it where it is missing; a failed check where that cannot be.
need() {
  command -v "$1" >/dev/null && return
  check "$1 is installed" apt_install "$1"
  command -v "$1" >/dev/null
}

# apt_install PACKAGE: the lists of packages are fetched only if they must be.
apt_install() {
  local log apt=(env DEBIAN_FRONTEND=noninteractive apt-get --quiet)
  [ "$(id -u)" = 0 ] || apt=(sudo -n "${apt[@]}")
  echo "installing $1"
  log=$("${apt[@]}" install --yes --no-install-recommends "$1" 2>&1) && return
  log=$({ "${apt[@]}" update && "${apt[@]}" install --yes --no-install-recommends "$1"; } 2>&1) &&
    return
  echo "$log" >&2
  return 1
}

# A solution, committed on main, and nothing else.
new_repository() {
  git init -q -b main "$1"
  cd "$1" || exit 1
  write_solution 1.0.0.0 new_sharedsharepointonline_a1b2c
  write_flow Approve 3C2A1B00-1111-4222-8333-ABCDEF012345 new_sharedsharepointonline_a1b2c
  git add .
  git commit -qm 'first export'
}

# Stages the re-created reference.
break_reference() {
  write_solution 1.0.0.1 new_sharedsharepointonline_9d8e7
  write_flow Approve 3C2A1B00-1111-4222-8333-ABCDEF012345 new_sharedsharepointonline_9d8e7
  git add .
}

check() {
  report "$1" 0 "${@:2}"
}

# The command must fail and leave HEAD where it is.
check_refused() {
  local head
  head=$(git rev-parse HEAD)
  report "$1" 1 "${@:2}"
  check 'HEAD has not moved' test "$head" = "$(git rev-parse HEAD)"
}

# report NAME STATUS COMMAND…: the status is 0 for success and 1 for the one that git gives to a
# refusal. What the command printed stays in $work/output.
report() {
  local name=$1 expected=$2 status=0
  shift 2
  # a second file, for the checks that look into the output of the one before
  "$@" >"$work/printed" 2>&1 || status=$?
  if [ "$status" = "$expected" ]; then
    echo "ok: $name"
    passed=$((passed + 1))
  else
    echo "failed: $name (status $status, expected $expected): $*"
    sed 's/^/    /' "$work/printed"
    failed=$((failed + 1))
  fi
  case $1 in
    grep | test | cmp) ;;
    *) mv "$work/printed" "$work/output" ;;
  esac
}

# write_solution VERSION REFERENCE: the solution of the demo with this reference alone.
write_solution() {
  local file
  mkdir -p Sales/Other
  for file in Solution Customizations; do
    sed -e "s,<Version>.*</Version>,<Version>$1</Version>," -e "/<RootComponent /d" \
      -e "s/new_sharedsharepointonline_a1b2c/$2/" \
      -e '/"new_sharedoffice365_/,/<\/connectionreference>/d' \
      "$example/Other/$file.xml" >"Sales/Other/$file.xml"
  done
}

# write_flow NAME ID REFERENCE: a flow of the demo as another one.
write_flow() {
  local flow=A5F44C63-7D3F-EF11-9F89-000D3A1F0003
  mkdir -p Sales/Workflows
  sed "s/new_sharedsharepointonline_a1b2c/$3/" \
    "$example/Workflows/ArchiveInvoice-$flow.json" >"Sales/Workflows/$1-$2.json"
  sed -e "s/${flow,,}/${2,,}/" -e "s/Name=\"[^\"]*\"/Name=\"$1\"/" \
    "$example/Workflows/ArchiveInvoice-$flow.json.data.xml" >"Sales/Workflows/$1-$2.json.data.xml"
}
