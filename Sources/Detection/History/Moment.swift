/// A commit as a history shows it.
package struct Moment: Sendable, Hashable {
  /// 40 hexadecimal digits.
  package let commit: String
  /// The parent that the commit was compared with; nil for a root commit.
  package let parent: String?
  /// The author's name, repaired where it is no UTF-8.
  package let author: String
  /// The author's clock, in seconds since 1970.
  package let date: Int64
  /// The author's time zone, in minutes east of Greenwich.
  package let offset: Int
  /// The first line of the message.
  package let summary: String

  package init(
    commit: String, parent: String?, author: String, date: Int64, offset: Int, summary: String
  ) {
    self.commit = commit
    self.parent = parent
    self.author = author
    self.date = date
    self.offset = offset
    self.summary = summary
  }
}
