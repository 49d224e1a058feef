import Detection

extension Moment {
  private var civil: CivilDate { CivilDate(date, offset: offset) }

  /// The author's day: `2026-05-20`.
  var day: String { civil.dayText }

  /// The author's time, as ISO 8601 has it.
  var timestamp: String { civil.timestamp }

  /// Ten digits, as everywhere in the tool.
  var shortCommit: String { String(commit.prefix(10)) }

  /// `4f2c9e1a2b by Anna Berg, 2026-05-20`.
  var words: PrintableText { "\(shortCommit) by \(author.shortened(to: 40)), \(day)" }
}

/// A span of time in two units at most: `1 d 13 h`.
func elapsed(_ seconds: Int64) -> PrintableText {
  let minutes = Int(seconds / 60)
  let (hours, days) = (minutes / 60, minutes / 1440)
  switch minutes {
  case ..<1: return "less than a minute"
  case ..<60: return "\(minutes) min"
  case ..<1440: return hours < 6 ? both(hours, "h", minutes % 60, "min") : "\(hours) h"
  default: return days < 14 ? both(days, "d", hours % 24, "h") : "\(days) d"
  }
}

private func both(
  _ large: Int, _ unit: PrintableText, _ small: Int, _ smallUnit: PrintableText
) -> PrintableText {
  small == 0 ? "\(large) \(unit)" : "\(large) \(unit) \(small) \(smallUnit)"
}
