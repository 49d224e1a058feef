/// A moment on the calendar, in the time zone of the one who wrote it.
///
/// Foundation's formatters ask for a locale and a calendar; a commit's date needs neither.
struct CivilDate {
  let year: Int
  let month: Int
  let day: Int
  private let secondOfDay: Int
  private let offset: Int

  private static let secondsADay: Int64 = 86_400
  /// The years 0 to 9999: what ISO 8601 writes with four digits. A commit may claim any date.
  private static let representable: ClosedRange<Int64> = -62_167_132_800...253_402_214_400

  /// - Parameters:
  ///   - seconds: Since 1970.
  ///   - offset: Minutes east of Greenwich.
  init(_ seconds: Int64, offset: Int = 0) {
    self.offset = min(max(offset, -1439), 1439)
    let clamped = min(max(seconds, Self.representable.lowerBound), Self.representable.upperBound)
    let local = clamped + Int64(self.offset) * 60
    var days = local / Self.secondsADay
    if local % Self.secondsADay < 0 { days -= 1 }
    secondOfDay = Int(local - days * Self.secondsADay)

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

  /// `2026-05-20`.
  var dayText: String {
    "\(Self.digits(year, 4))-\(Self.digits(month, 2))-\(Self.digits(day, 2))"
  }

  /// ISO 8601 with the offset, `Z` where it is none: `2026-05-20T16:12:03+02:00`.
  var timestamp: String {
    let hour = Self.digits(secondOfDay / 3600, 2)
    let minute = Self.digits(secondOfDay / 60 % 60, 2)
    let second = Self.digits(secondOfDay % 60, 2)
    return "\(dayText)T\(hour):\(minute):\(second)\(zone)"
  }

  /// Seconds since 1970 at the beginning of a month in Greenwich; month 13 is the next January.
  static func seconds(year: Int, month: Int) -> Int64 {
    let months = year * 12 + month - 1
    let (year, month) = (months / 12, months % 12 + 1)
    // The same source: days_from_civil, for the first of a month.
    let fromMarch = month <= 2 ? year - 1 : year
    let era = (fromMarch >= 0 ? fromMarch : fromMarch - 399) / 400
    let yearOfEra = fromMarch - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int64(era * 146_097 + dayOfEra - 719_468) * secondsADay
  }

  private var zone: String {
    guard offset != 0 else { return "Z" }
    let sign = offset < 0 ? "-" : "+"
    return "\(sign)\(Self.digits(abs(offset) / 60, 2)):\(Self.digits(abs(offset) % 60, 2))"
  }

  static func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }
}
