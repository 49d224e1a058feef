import Platform

/// Which git runs the hooks of a repository.
package enum HookCaller: CaseIterable, Sendable {
  case git
  /// Git for Windows, in a repository whose connref is in WSL.
  case gitForWindows
}

/// The text of the hook scripts; the files under `hooks/` are those for `HookCaller.git`, byte for byte.
///
/// They live in the tool as well, so that `connref install` needs no checkout of connref.
package enum HookScripts {
  /// The version in the marker line. Raise it with every change of the text: an installed script
  /// that carries the current version and another text counts as edited by hand.
  package static let version = 1

  /// The script of one hook. It needs nothing beside it, so it can also be copied by hand.
  ///
  /// - Parameter folder: absolute, of the program that installs it: looked into where the PATH has no
  ///   connref, since a git client with windows often has another PATH than a shell. Nil for none; one
  ///   that cannot be part of a PATH is left out.
  package static func text(
    for hook: HookName, caller: HookCaller = .git, lookingIn folder: String? = nil
  ) -> String {
    text(hook, caller, folder.flatMap(quoted))
  }

  /// Whether a text is the script of a hook, whichever git it is written for and wherever the program
  /// is that installed it.
  static func isText(_ text: String, of hook: HookName) -> Bool {
    let line = text.split(separator: "\n").first {
      $0.hasPrefix(pathStart + "'") && $0.hasSuffix(":" + pathEnd)
    }
    let folder = line?.dropFirst(pathStart.count).dropLast(pathEnd.count + 1)
    return HookCaller.allCases.contains { text == self.text(hook, $0, folder.map(String.init)) }
  }

  private static func text(
    _ hook: HookName, _ caller: HookCaller, _ quotedFolder: String?
  ) -> String {
    opening(hook) + (hook.readsStandardInput ? earlierHookSharingInput : earlierHook)
      + ending(hook, caller, quotedFolder)
  }

  private static let pathStart = "PATH=${PATH:+$PATH:}"
  private static let pathEnd = "$HOME/.local/bin"

  private static func quoted(_ folder: String) -> String? {
    guard folder.hasPrefix("/"), !folder.contains(where: { $0 == ":" || $0.isNewline }) else {
      return nil
    }
    return folder.shellQuoted
  }

  private static func opening(_ hook: HookName) -> String {
    """
    #!/bin/sh
    \(HookMarker(hook: hook, version: version).line)
    # Written by 'connref install', which replaces it: do not edit. Your own hook goes into
    # \(hook.rawValue).before-connref beside this file and runs first.
    # Without connref, git goes on after a warning. To be stopped instead, type
    #   git config connref.whenMissing block

    before=${0%/*}/\(hook.rawValue).before-connref

    """
  }

  private static let earlierHook = """
    if [ -x "$before" ] && [ "$0" != "$before" ]; then
      "$before" "$@" || exit
    fi

    """

  private static let earlierHookSharingInput = """
    if [ -x "$before" ] && [ "$0" != "$before" ]; then
      # both hooks read all of the standard input, which is kept in a file without a name
      input=$(mktemp) || exit
      cat >"$input" || { rm -f "$input"; exit 1; }
      exec 3<"$input" 4<"$input"
      rm -f "$input"
      "$before" "$@" <&3 3<&- 4<&- || exit
      exec <&4 3<&- 4<&-
    fi

    """

  private static func ending(
    _ hook: HookName, _ caller: HookCaller, _ folder: String?
  ) -> String {
    """

    \(pathStart)\(folder.map { "\($0):" } ?? "")\(pathEnd)
    \(caller == .gitForWindows ? callInWSL(hook) : "")\(hook == .postCommit ? silentCheck : loudCheck)
    exec connref hook \(hook.rawValue) "$@"

    """
  }

  /// WSL takes over the variables that `WSLENV` lists: `u` from Windows, `p` a path to be translated.
  /// Git names the sides of a merge in variables whose names hold a commit.
  private static func callInWSL(_ hook: HookName) -> String {
    """
    # connref is in WSL, which takes over the variables of git that WSLENV lists
    if ! command -v connref >/dev/null && command -v wsl >/dev/null; then
      for name in GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE GIT_OBJECT_DIRECTORY GIT_REFLOG_ACTION \\
        $(env | sed -n 's/^\\(GITHEAD_[0-9a-f]*\\)=.*/\\1/p'); do
        eval "value=\\${$name-}"
        case $value in
          '') continue ;;
          [A-Za-z]:*) WSLENV=${WSLENV:+$WSLENV:}$name/up ;;
          *) WSLENV=${WSLENV:+$WSLENV:}$name/u ;;
        esac
      done
      # arguments that look like paths stay as they are
      MSYS_NO_PATHCONV=1
      export WSLENV MSYS_NO_PATHCONV
      exec wsl --exec sh -c 'PATH=$PATH:$HOME/.local/bin exec connref hook "$@"' sh \(hook.rawValue) "$@"
    fi

    """
  }

  /// `pre-commit` has just said so.
  private static let silentCheck = "command -v connref >/dev/null || exit 0"

  private static let loudCheck = """
    if ! command -v connref >/dev/null; then
      echo "warning: could not find connref: connection references were not checked" >&2
      echo "hint: get it with './install.sh' in a clone of connref" >&2
      [ "$(git config connref.whenMissing || echo pass)" = pass ]
      exit
    fi
    """
}
