/// A day as `2026-01-31`.
struct CalendarDay: Hashable, Sendable {
  private let year: Int
  private let month: Int
  private let day: Int

  /// Nil for what is no day of the Gregorian calendar.
  init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
      (1970...9999).contains(year), (1...12).contains(month), day >= 1
    else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard day <= lengths[month - 1] else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// Midnight at Greenwich.
  var secondsSince1970: Int64 {
    // Days from the first of March of year 0, so that the leap day is the last of its year.
    let shifted = month > 2 ? year : year - 1
    let days =
      365 * shifted + shifted / 4 - shifted / 100 + shifted / 400
      + (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return Int64(days - 719_468) * 86_400
  }
}
