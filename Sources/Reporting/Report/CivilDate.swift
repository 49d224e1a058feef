import Detection
import Platform

/// A moment on the calendar, in the time zone of the one who wrote it.
///
/// Foundation's formatters ask for a locale and a calendar; a commit's date needs neither.
struct CivilDate {
  private let date: Day
  private let secondOfDay: Int
  private let offset: Int

  /// - Parameters:
  ///   - seconds: Since 1970.
  ///   - offset: Minutes east of Greenwich.
  init(_ seconds: Int64, offset: Int = 0) {
    self.offset = min(max(offset, -1439), 1439)
    let range = Day.representable
    let local =
      min(max(seconds, range.lowerBound), range.upperBound) + Int64(self.offset) * 60
    date = Day(secondsSince1970: local)
    secondOfDay = Int(local - date.secondsSince1970)
  }

  var year: Int { date.year }
  var month: Int { date.month }
  var day: Int { date.day }

  /// `2026-05-20`.
  var dayText: String { date.description }

  /// ISO 8601 with the offset, `Z` where it is none: `2026-05-20T16:12:03+02:00`.
  var timestamp: String {
    let hour = (secondOfDay / 3600).digits(2)
    let minute = (secondOfDay / 60 % 60).digits(2)
    let second = (secondOfDay % 60).digits(2)
    return "\(dayText)T\(hour):\(minute):\(second)\(zone)"
  }

  /// Seconds since 1970 at the beginning of a month in Greenwich; month 13 is the next January.
  static func seconds(year: Int, month: Int) -> Int64 {
    Day(year: year, month: month).secondsSince1970
  }

  private var zone: String {
    guard offset != 0 else { return "Z" }
    let sign = offset < 0 ? "-" : "+"
    return "\(sign)\((abs(offset) / 60).digits(2)):\((abs(offset) % 60).digits(2))"
  }
}
