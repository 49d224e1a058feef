#!/bin/sh
# Puts connref on the PATH of the next steps: the one in CONNREF_PATH, else the release CONNREF_VERSION
# of CONNREF_REPOSITORY, else the one that is on PATH already, else one built from the source beside
# this script.

set -eu

main() {
  if [ -n "${CONNREF_PATH:-}" ]; then
    folder=$CONNREF_PATH/bin
  elif [ -n "${CONNREF_VERSION:-}" ]; then
    take_release
  elif command -v connref >/dev/null; then
    folder=''
  else
    PREFIX=$RUNNER_TEMP/connref "$(dirname -- "$0")/../../../install.sh"
    folder=$RUNNER_TEMP/connref/bin
  fi
  if [ -n "$folder" ]; then
    PATH=$folder:$PATH
    printf '%s\n' "$folder" >>"$GITHUB_PATH"
  fi
  # not found, or a library of it is not
  if ! version=$(connref --version); then
    echo "::error title=connref::connref does not run here: $(missing_libraries)"
    exit 2
  fi
  echo "connref $version"
}

# Its checksum is of the same release: it tells a broken download. Who wants to be sure of more takes a
# package into their own repository, and CONNREF_PATH.
take_release() {
  name=connref-$CONNREF_VERSION-linux-$(uname -m)
  cd "$RUNNER_TEMP"
  gh release download "v$CONNREF_VERSION" --repo "$CONNREF_REPOSITORY" --clobber \
    --pattern "$name.tar.gz" --pattern SHA256SUMS
  sha256sum --check --ignore-missing --strict SHA256SUMS
  tar -xzf "$name.tar.gz"
  folder=$RUNNER_TEMP/$name/bin
}

missing_libraries() {
  program=$(command -v connref) || {
    echo 'there is no such program'
    return
  }
  ldd "$program" 2>&1 | sed -n 's/^[[:space:]]*\(.*\) => not found.*/missing \1/p' | tr '\n' ' '
}

main
