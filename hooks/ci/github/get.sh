#!/bin/sh
# Puts connref on the PATH of the next steps: the one in CONNREF_PATH, else the wheel CONNREF_WHEEL, else
# the release CONNREF_VERSION of CONNREF_REPOSITORY, else the one that is on PATH already, else one built
# from the source beside this script.

set -eu

main() {
  if [ -n "${CONNREF_PATH:-}" ]; then
    folder=$CONNREF_PATH/bin
  elif [ -n "${CONNREF_WHEEL:-}" ]; then
    take_wheel
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
  # not found, or made for another system
  if ! connref --version; then
    echo "::error title=connref::connref does not run here: $(reason)"
    exit 2
  fi
}

# pip compares a checksum that is part of an address: …whl#sha256=….
take_wheel() {
  python3 -m venv "$RUNNER_TEMP/connref"
  "$RUNNER_TEMP/connref/bin/pip" install --quiet --disable-pip-version-check --no-deps "$CONNREF_WHEEL"
  folder=$RUNNER_TEMP/connref/bin
}

# SHA256SUMS is of the same release: it detects a broken download. CONNREF_CHECKSUM, which the workflow
# states, also detects a release that was replaced.
take_release() {
  name=connref-$CONNREF_VERSION-linux-$(uname -m)
  cd "$RUNNER_TEMP"
  gh release download "v$CONNREF_VERSION" --repo "$CONNREF_REPOSITORY" --clobber \
    --pattern "$name.tar.gz" --pattern SHA256SUMS
  sha256sum --check --ignore-missing --strict SHA256SUMS
  [ -z "${CONNREF_CHECKSUM:-}" ] ||
    printf '%s  %s\n' "$CONNREF_CHECKSUM" "$name.tar.gz" | sha256sum --check --strict
  tar -xzf "$name.tar.gz"
  folder=$RUNNER_TEMP/$name/bin
}

reason() {
  if ! program=$(command -v connref); then
    echo 'there is no such program'
  elif [ "$(uname -s)" != Linux ]; then
    echo "it is a program for Linux, and this is $(uname -s)"
  else
    echo "$program is not made for $(uname -m), or lacks a library of this system"
  fi
}

main
