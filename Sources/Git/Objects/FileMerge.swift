import Clibgit2

/// A merge of one file, as `git merge-file` makes it; in memory, and nothing is written.
package enum FileMerge {
  /// The file with the changes of both sides; nil where one of them is binary, or where both changed the
  /// same lines.
  ///
  /// - Parameter favoringOurs: takes our lines where both sides changed the same ones.
  package static func merged(
    base: [UInt8], ours: [UInt8], theirs: [UInt8], favoringOurs: Bool = false
  ) -> [UInt8]? {
    guard Libgit2.ready else { return nil }
    var options = git_merge_file_options()
    guard git_merge_file_options_init(&options, UInt32(GIT_MERGE_FILE_OPTIONS_VERSION)) == 0 else {
      return nil
    }
    if favoringOurs { options.favor = GIT_MERGE_FILE_FAVOR_OURS }
    var result = git_merge_file_result()
    defer { git_merge_file_result_free(&result) }
    let code = base.withUnsafeBytes { base in
      ours.withUnsafeBytes { ours in
        theirs.withUnsafeBytes { theirs in
          var (first, second, third) = (input(base), input(ours), input(theirs))
          return git_merge_file(&result, &first, &second, &third, &options)
        }
      }
    }
    guard code == 0, result.automergeable != 0 else { return nil }
    return Array(UnsafeRawBufferPointer(start: result.ptr, count: result.len))
  }

  private static func input(_ bytes: UnsafeRawBufferPointer) -> git_merge_file_input {
    var input = git_merge_file_input()
    input.version = UInt32(GIT_MERGE_FILE_INPUT_VERSION)
    input.ptr = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
    input.size = bytes.count
    return input
  }
}
