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

  (nothing)   build connref and install it into ${PREFIX:-$HOME/.local}, with its manual page, the
              completions of bash, zsh and fish, and the program that asks environments
  demo        build connref alone and show it stopping a re-created connection reference
  test        build and run all tests
  package     build connref and pack it for machines without Swift: a tar archive, a package for Debian
              and Ubuntu, a wheel for pip, an image for containers; into .build/package unless --output
              names another folder
  help        show this text

What is missing is installed first: with apt-get on Debian and Ubuntu.
EOF
}

install_connref() {
  [ -n "${PREFIX:-${HOME:-}}" ] || fail 'neither PREFIX nor HOME is set'
  prefix=${PREFIX:-$HOME/.local}

  set_up
  build_release
  build_inventory
  mkdir -p "$prefix/bin"
  prefix=$(cd "$prefix" && pwd)
  folder=$prefix/bin
  put_program "$built" "$folder" connref
  put_program "$inventory" "$prefix/libexec/connref" connref-inventory
  fill_share "$prefix/share"
  say "installed $folder/connref"
  say_whether_on_path
  say "next, in a repository with a solution: connref install"
}

# put_program FILE FOLDER NAME: a copy beside its place, then a move, so that a running one is never written to.
put_program() {
  mkdir -p "$2"
  cp "$1" "$2/.$3.$$"
  chmod 755 "$2/.$3.$$"
  mv -f "$2/.$3.$$" "$2/$3"
}

# The manual page, the completions where each shell looks for them, and what pipelines call.
fill_share() {
  mkdir -p "$1/man/man1" "$1/bash-completion/completions" "$1/zsh/site-functions" \
    "$1/fish/vendor_completions.d" "$1/connref/ci"
  "$built" manual >"$1/man/man1/connref.1"
  "$built" --generate-completion-script bash >"$1/bash-completion/completions/connref"
  "$built" --generate-completion-script zsh >"$1/zsh/site-functions/_connref"
  "$built" --generate-completion-script fish >"$1/fish/vendor_completions.d/connref.fish"
  cp "$root"/hooks/ci/*.sh "$root"/hooks/ci/*.ps1 "$root"/hooks/ci/*.yml "$1/connref/ci/"
}

make_package() {
  [ "$(uname -s)" = Linux ] || fail 'packages are made on Linux' './install.sh'
  command -v dpkg-deb >/dev/null || fail 'could not find dpkg-deb: packages are made on Debian or Ubuntu'
  for_packages=yes
  set_up
  output=${1:-$root/.build/package}
  links_statically || fail "a package holds one static program, which cannot be linked here: $reason"
  # the same commit packed again is the same package: its time is the time of all files
  SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct)}
  export SOURCE_DATE_EPOCH
  build_static
  build_inventory

  stage=$(mktemp -d)
  trap 'rm -rf "$stage"' EXIT
  mkdir -p "$stage/bin" "$stage/libexec/connref"
  # a digest of the Swift modules, and with it the build id, depends on the folder they are built in
  strip -R .swift_modhash -R .note.gnu.build-id -o "$stage/bin/connref" "$built"
  strip -R .swift_modhash -R .note.gnu.build-id -o "$stage/libexec/connref/connref-inventory" "$inventory"
  chmod 755 "$stage/bin/connref" "$stage/libexec/connref/connref-inventory"
  fill_share "$stage/share"
  version=$(sed -n 's/.*current = "\(.*\)"/\1/p' "$root/Sources/Reporting/Documents/ToolVersion.swift")
  "$root/hooks/package/pack" "$stage" "$version" "$output"
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
  CONNREF_LIVE=yes
  export CONNREF_LIVE
  swift build --package-path "$root" --scratch-path "$live_scratch" --build-tests
  say "running the tests"
  swift test --package-path "$root" --scratch-path "$live_scratch" --skip-build
}

build_release() {
  if links_statically; then
    build_static
  else
    say "note: one static program cannot be linked here: $reason"
    say 'note: building one that needs the libraries of this system'
    build_dynamic
  fi
}

# One program without any library of the system, for Linux alone. Its folder is its own, since the
# package has other targets then.
build_static() {
  say 'building connref, one static program, which takes a minute or two the first time'
  say "note: warnings of the linker about 'getpwnam' and the like are harmless"
  CONNREF_STATIC=yes
  export CONNREF_STATIC
  set -- --scratch-path "$root/.build/static" -Xswiftc -static-executable
  for option in $static_libraries; do set -- "$@" -Xlinker "$option"; done
  build "$@"
}

build_dynamic() {
  say 'building connref, which takes a minute or two the first time'
  set --
  if [ "$(uname -s)" = Linux ]; then
    # the tool then runs on machines without Swift
    say "note: a warning of the linker about 'mktemp' is harmless"
    set -- --static-swift-stdlib
  fi
  build "$@"
}

# Sets 'inventory', the program that asks environments. It needs a library of some size, which nothing else
# here resolves or builds; libc alone is the system's, since it resolves names. Its options name no folder
# of the package, so that another clone with the same scratch path builds that library no second time.
build_inventory() {
  say 'building connref-inventory, which takes some minutes the first time'
  set -- --package-path "$root" --scratch-path "$live_scratch" -c release --product connref-inventory \
    -Xswiftc -file-prefix-map -Xswiftc "$live_scratch=." -Xcc "-ffile-prefix-map=$live_scratch=."
  if [ "$(uname -s)" = Linux ]; then
    set -- "$@" --static-swift-stdlib -Xlinker -s
    # the archive first, so that the program does not need the shared library
    archive=$(pkg-config --variable=libdir zlib)/libz.a
    [ ! -f "$archive" ] || set -- "$@" -Xlinker "$archive" -Xlinker --as-needed
  fi
  CONNREF_LIVE=alone swift build "$@"
  inventory=$(CONNREF_LIVE=alone swift build "$@" --show-bin-path)/connref-inventory
}

# build OPTION…: sets 'built', a release without symbols and without the name of this folder, so that the
# same commit gives the same bytes everywhere.
build() {
  CONNREF_COMMIT=$(git -C "$root" rev-parse --short=12 HEAD 2>/dev/null) || CONNREF_COMMIT=
  export CONNREF_COMMIT
  set -- --package-path "$root" -c release --product connref -Xswiftc -file-prefix-map \
    -Xswiftc "$root=." -Xcc "-ffile-prefix-map=$root=." "$@"
  [ "$(uname -s)" != Linux ] || set -- "$@" -Xlinker -s
  swift build "$@"
  built=$(swift build "$@" --show-bin-path)/connref
}

# True where a static program can be linked and runs; otherwise 'reason' says why not. Which archives
# libgit2 needs depends on how a system builds it: these are Debian 12's. The probe asks for every function
# of libgit2 that connref uses.
links_statically() {
  if [ "$(uname -s)" != Linux ]; then
    reason='that is for Linux alone'
    return 1
  fi
  static_libraries="-L$(pkg-config --variable=libdir libgit2) -lmbedcrypto -lpcre2-8 -lhttp_parser -lz"
  compiler=$(command -v clang || echo "$(dirname "$(readlink -f "$(command -v swift)")")/clang")
  probe=$(mktemp -d)
  echo 'print("connref")' >"$probe/main.swift"
  set -- "$probe/main.swift" "$probe/NoNetwork.o" "$probe/ProcCheck.o" -static-executable \
    -o "$probe/probe"
  for option in $static_libraries -lgit2 -lminizip -lexpat -lyaml -lz -lpcre2-8 -lhttp_parser -lmbedcrypto; do
    set -- "$@" -Xlinker "$option"
  done
  for name in $(grep -oh 'git_[a-z0-9_]*(' "$root"/Sources/Git/*.swift | tr -d '(' | sort -u); do
    set -- "$@" -Xlinker -u -Xlinker "$name"
  done
  if (cd "$probe" && "$compiler" -c "$root"/Sources/StaticProgram/*.c) >"$probe/log" 2>&1 &&
    swiftc "$@" >>"$probe/log" 2>&1 && [ "$("$probe/probe" 2>>"$probe/log")" = connref ]; then
    rm -rf "$probe"
    return 0
  fi
  reason=$(sed -n 's/.*error: //p' "$probe/log" | grep -v 'link command failed' | head -n 1)
  reason=${reason:-the linker gave no reason}
  rm -rf "$probe"
  return 1
}

set_up() {
  root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
  [ -f "$root/Package.swift" ] || fail "no Package.swift in '$root': run ./install.sh in a clone"
  # a path of its own: the package has other targets and other dependencies then
  live_scratch=${CONNREF_LIVE_SCRATCH:-$root/.build/live}
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
    Darwin) pkg_config=pkgconf libgit2=libgit2 expat=expat minizip=minizip
      libyaml=libyaml ;;
    *) pkg_config=pkg-config libgit2=libgit2-dev expat=libexpat1-dev minizip=libminizip-dev
      libyaml='libyaml-dev' ;;
  esac
  set --
  command -v git >/dev/null || set -- "$@" git
  command -v pkg-config >/dev/null || set -- "$@" "$pkg_config"
  # without pkg-config all count as missing, which costs nothing if they are there
  pkg-config --exists libgit2 2>/dev/null || set -- "$@" "$libgit2"
  pkg-config --exists expat 2>/dev/null || set -- "$@" "$expat"
  pkg-config --exists yaml-0.1 2>/dev/null || set -- "$@" "$libyaml"
  pkg-config --exists minizip 2>/dev/null || set -- "$@" "$minizip"
  if [ -n "${for_packages:-}" ]; then
    command -v python3 >/dev/null || set -- "$@" python3
    command -v strip >/dev/null || set -- "$@" binutils
    command -v busybox >/dev/null || set -- "$@" busybox-static
    command -v umoci >/dev/null || set -- "$@" umoci
    [ -f /etc/ssl/certs/ca-certificates.crt ] || set -- "$@" ca-certificates
  fi
  echo "$*"
}

install_with_apt() {
  say "installing $missing"
  if [ "$(id -u)" = 0 ]; then
    as_root=
  elif command -v sudo >/dev/null; then
    as_root=sudo
    # there is no user to type a password
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
