#!/bin/sh
# Sets up what connref needs, builds it and installs it. Every action is in a function that the
# last line calls, so half a script does nothing.

set -eu

swift_needed='6.2'

main() {
  case $#:${1-} in
    0:*) install_connref ;;
    1:demo) run_demo ;;
    1:test) run_tests ;;
    1:package) make_package "" ;;
    3:package)
      [ "$2" = --output ] || wrong_usage
      make_package "$3"
      ;;
    1:help | 1:--help | 1:-h) usage ;;
    *) wrong_usage ;;
  esac
}

wrong_usage() {
  usage >&2
  exit 64
}

usage() {
  cat <<'EOF'
usage: ./install.sh [demo | test | package [--output FOLDER] | help]

  (nothing)   build connref and put it into ${PREFIX:-$HOME/.local}, with its manual page and the
              completions of bash, zsh and fish
  demo        build connref and show it stopping a re-created connection reference
  test        build and run all tests
  package     build connref and pack all that an installation has, for machines without Swift;
              into .build/package unless --output names another folder
  help        show this text

What is missing is installed first: with apt-get on Debian and Ubuntu.
EOF
}

install_connref() {
  [ -n "${PREFIX:-${HOME:-}}" ] || fail 'neither PREFIX nor HOME is set'
  prefix=${PREFIX:-$HOME/.local}

  set_up
  build_release
  mkdir -p "$prefix/bin"
  prefix=$(cd "$prefix" && pwd)
  folder=$prefix/bin
  # a copy beside it, then a move: a running connref is never written to
  cp "$built" "$folder/.connref.$$"
  chmod 755 "$folder/.connref.$$"
  mv -f "$folder/.connref.$$" "$folder/connref"
  fill_share "$prefix/share"
  say "installed $folder/connref"
  say_whether_on_path
  say "next, in a repository with a solution: connref install"
}

# The manual page, the completions where each shell looks for them, and what pipelines call.
fill_share() {
  mkdir -p "$1/man/man1" "$1/bash-completion/completions" "$1/zsh/site-functions" \
    "$1/fish/vendor_completions.d" "$1/connref/ci"
  "$built" manual >"$1/man/man1/connref.1"
  "$built" --generate-completion-script bash >"$1/bash-completion/completions/connref"
  "$built" --generate-completion-script zsh >"$1/zsh/site-functions/_connref"
  "$built" --generate-completion-script fish >"$1/fish/vendor_completions.d/connref.fish"
  cp "$root"/hooks/ci/*.sh "$root"/hooks/ci/*.yml "$1/connref/ci/"
}

make_package() {
  [ "$(uname -s)" = Linux ] || fail 'a package is made on Linux' './install.sh'
  for tool in readelf strip; do
    command -v "$tool" >/dev/null || fail "could not find $tool" 'apt-get install binutils'
  done
  set_up
  output=${1:-$root/.build/package}
  # the same commit packed again is the same package: its time stands for all times
  SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct)}
  export SOURCE_DATE_EPOCH
  build_release

  version=$("$built" --version)
  name=connref-$version-linux-$(uname -m)
  stage=$(mktemp -d)
  trap 'rm -rf "$stage"' EXIT
  mkdir -p "$stage/$name/bin" "$output"
  # without its symbols it is a third smaller, and starts as fast
  strip -o "$stage/$name/bin/connref" "$built"
  needed=$(needed_libraries "$stage/$name/bin/connref")
  fill_share "$stage/$name/share"
  cp "$root/README.md" "$root/LICENSE" "$stage/$name/"
  installation_hint >"$stage/$name/INSTALL"
  tar --sort=name --format=ustar --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 \
    --numeric-owner --mode=u=rwX,go=rX -C "$stage" -cf "$stage/tar" "$name"
  gzip -9 -n <"$stage/tar" >"$output/.$name.$$"
  mv -f "$output/.$name.$$" "$output/$name.tar.gz"
  (cd "$output" && sha256sum connref-*.tar.gz >SHA256SUMS)
  say "packed $output/$name.tar.gz"
}

# Prints the libraries that a program asks the system for, but for the runtimes of C and C++. Fails for
# any that a package must not need.
needed_libraries() {
  libraries=$(readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\].*/\1/p')
  [ -n "$libraries" ] || fail "could not read what '$1' needs"
  for library in $libraries; do
    case $library in
      libgit2.so.* | libexpat.so.* | libminizip.so.*) echo "$library" ;;
      libstdc++.so.* | libgcc_s.so.* | ld-linux*.so.* | lib[cm].so.*) ;;
      libpthread.so.* | libdl.so.* | librt.so.*) ;;
      # libgit2 itself needs it.
      libz.so.*) ;;
      *) fail "the program needs '$library', which a package must not" ;;
    esac
  done
}

installation_hint() {
  cat <<EOF
connref $version for Linux on $(uname -m)

To install it, with its manual page and the completions of bash, zsh and fish:

  tar -xzf $name.tar.gz
  mkdir -p ~/.local && cp -R $name/bin $name/share ~/.local/

It also runs from where it was unpacked: $name/bin/connref

It needs no Swift, but these libraries, in these versions:

EOF
  for library in $needed; do echo "  $library$(package_of "$library")"; done
  cat <<EOF

To see which are missing: ldd $name/bin/connref | grep 'not found'
Where the system has other versions, build it from source: ./install.sh

To remove it:

  cd ~/.local
  rm -r bin/connref share/connref share/man/man1/connref.1 \\
    share/bash-completion/completions/connref share/zsh/site-functions/_connref \\
    share/fish/vendor_completions.d/connref.fish
EOF
}

# Prints who brings a library, where this system can tell.
package_of() {
  command -v dpkg-query >/dev/null || return 0
  dpkg-query -S "*/$1" 2>/dev/null |
    sed -n 's/^\([^:, ]*\)[:, ].*/, in the package \1/p' | head -n 1
}

say_whether_on_path() {
  found=$(command -v connref || true)
  case :${PATH-}: in
    *:"$folder":*)
      if [ "$found" = "$folder/connref" ]; then
        say "$folder is on your PATH"
      else
        say "note: another connref comes first on your PATH: $found"
      fi
      ;;
    *)
      say "$folder is not on your PATH, add it: export PATH=\"$folder:\$PATH\""
      ;;
  esac
}

run_demo() {
  set_up
  build_release
  say "running connref demo"
  "$built" demo
}

run_tests() {
  set_up
  say "building the tests"
  swift build --package-path "$root" --build-tests
  say "running the tests"
  swift test --package-path "$root" --skip-build
}

build_release() {
  say "building connref, which takes a minute or two the first time"
  set -- --package-path "$root" -c release --product connref
  if [ "$(uname -s)" = Linux ]; then
    # the tool then runs on machines without Swift
    say "note: a warning of the linker about 'mktemp' is harmless"
    set -- "$@" --static-swift-stdlib
  fi
  swift build "$@"
  built=$(swift build "$@" --show-bin-path)/connref
}

set_up() {
  root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
  [ -f "$root/Package.swift" ] || fail "no Package.swift in '$root': run ./install.sh in a clone"
  install_packages
  check_swift
}

install_packages() {
  missing=$(missing_packages)
  [ -n "$missing" ] || return 0
  if command -v apt-get >/dev/null; then
    install_with_apt
  elif command -v brew >/dev/null || [ "$(uname -s)" = Darwin ]; then
    fail "missing: $missing" "brew install $missing"
  else
    fail "missing: $missing" 'install them with the package manager of this system'
  fi
  missing=$(missing_packages)
  [ -z "$missing" ] || fail "still missing after installing: $missing"
}

# Prints the packages to install, by the names this system has for them.
missing_packages() {
  case $(uname -s) in
    Darwin) pkg_config=pkgconf libgit2=libgit2 expat=expat minizip=minizip ;;
    *) pkg_config=pkg-config libgit2=libgit2-dev expat=libexpat1-dev minizip=libminizip-dev ;;
  esac
  set --
  command -v git >/dev/null || set -- "$@" git
  command -v pkg-config >/dev/null || set -- "$@" "$pkg_config"
  # without pkg-config all count as missing, which costs nothing if they are there
  pkg-config --exists libgit2 2>/dev/null || set -- "$@" "$libgit2"
  pkg-config --exists expat 2>/dev/null || set -- "$@" "$expat"
  pkg-config --exists minizip 2>/dev/null || set -- "$@" "$minizip"
  echo "$*"
}

install_with_apt() {
  say "installing $missing"
  if [ "$(id -u)" = 0 ]; then
    as_root=
  elif command -v sudo >/dev/null; then
    as_root=sudo
    # nobody is there to type a password
    [ -t 0 ] || as_root='sudo -n'
  else
    fail "only root can install: $missing" "apt-get update && apt-get install $missing"
  fi
  # the package lists may be missing or too old, but fetching them takes time
  if ! log=$(apt_install 2>&1) && ! log=$(apt_update 2>&1 && apt_install 2>&1); then
    printf '%s\n' "$log" >&2
    fail "could not install: $missing" \
      "${as_root:+sudo }apt-get update && ${as_root:+sudo }apt-get install $missing"
  fi
}

# The variables in these two are lists of words.
# shellcheck disable=SC2086
apt_install() {
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 \
    install --yes --quiet --no-install-recommends $missing </dev/null
}

# shellcheck disable=SC2086
apt_update() {
  $as_root apt-get -o DPkg::Lock::Timeout=120 update --quiet </dev/null
}

check_swift() {
  hint="get Swift $swift_needed or later from https://www.swift.org/install and put it on PATH"
  command -v swift >/dev/null || fail 'could not find swift' "$hint"
  # in words and numbers: Apple's and the others' differ before and after 'Swift version'
  version=$(swift --version 2>&1 | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
  [ -n "$version" ] || fail "'swift --version' names no version" "$hint"
  [ "${version%.*}" -gt "${swift_needed%.*}" ] ||
    { [ "${version%.*}" -eq "${swift_needed%.*}" ] &&
      [ "${version#*.}" -ge "${swift_needed#*.}" ]; } ||
    fail "Swift $version is too old" "$hint"
}

say() {
  printf '%s\n' "$1"
}

fail() {
  printf 'error: %s\n' "$1" >&2
  [ $# -lt 2 ] || printf 'hint: %s\n' "$2" >&2
  exit 1
}

main "$@"
