import Platform

/// A day of the Gregorian calendar, written as `2026-01-31`.
package struct Day: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let year: Int
  package let month: Int
  package let day: Int

  private static let secondsADay: Int64 = 86_400
  /// Seconds of the years 0 to 9999: what ISO 8601 writes with four digits. A commit may claim any date.
  package static let representable: ClosedRange<Int64> = -62_167_132_800...253_402_214_400

  /// On which every approval holds.
  package static let distantPast = Day(secondsSince1970: 0)
  /// On which no approval with an end holds any more.
  package static let distantFuture = Day(secondsSince1970: representable.upperBound)

  /// Nil where the text is not a valid date from 1970 on.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
      (1970...9999).contains(year), (1...12).contains(month), day >= 1
    else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard day <= lengths[month - 1] else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// The day at Greenwich.
  ///
  /// - Parameter seconds: since 1970.
  package init(secondsSince1970 seconds: Int64) {
    var days = seconds / Self.secondsADay
    if seconds % Self.secondsADay < 0 { days -= 1 }
    // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": civil_from_days. Years begin
    // in March there, so that the leap day comes last; an era has 400 of them.
    let shifted = Int(days) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// The first of a month; month 13 is the next January.
  package init(year: Int, month: Int) {
    let months = year * 12 + month - 1
    (self.year, self.month, day) = (months / 12, months % 12 + 1, 1)
  }

  /// Midnight at Greenwich.
  package var secondsSince1970: Int64 {
    // The same source: days_from_civil.
    let fromMarch = month <= 2 ? year - 1 : year
    let era = (fromMarch >= 0 ? fromMarch : fromMarch - 399) / 400
    let yearOfEra = fromMarch - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int64(era * 146_097 + dayOfEra - 719_468) * Self.secondsADay
  }

  package var description: String {
    "\(year.digits(4))-\(month.digits(2))-\(day.digits(2))"
  }

  package static func < (left: Day, right: Day) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}
