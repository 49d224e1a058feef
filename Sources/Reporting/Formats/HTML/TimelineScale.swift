import Detection
import Platform

/// The position of a date on a time axis, as a part of its width.
struct TimelineScale {
  struct Tick {
    let position: Double
    let label: String
    /// Left out where the axis is narrow.
    let isMinor: Bool
  }

  /// A clock that was never set says 1970; git is from April 2005.
  private static let earliest: Int64 = 1_112_832_000
  private static let margin = 2.0

  private let start: Int64
  private let end: Int64

  /// - Parameter dates: Seconds since 1970; all that is to be shown.
  init(_ dates: [Int64]) {
    let believable = dates.map { min(max($0, Self.earliest), 253_402_214_400) }
    let low = believable.min() ?? Self.earliest
    // At least a day, so that one commit alone has an axis.
    start = low
    end = max(believable.max() ?? low, low + 86_400)
  }

  /// From 2 to 98 per cent: marks at the ends are seen whole, and what lasts beyond has a place.
  func position(of date: Int64) -> Double {
    let part = Double(min(max(date, start), end) - start) / Double(end - start)
    return Self.margin + part * (100 - 2 * Self.margin)
  }

  /// Eight at most, at the beginning of years or months; days where the span is short.
  var ticks: [Tick] {
    let months = Int((end - start) / 2_629_746)
    guard months >= 2 else { return dayTicks }
    let step = [1, 2, 3, 6, 12, 24, 60, 120, 600].first { months / $0 <= 7 } ?? 1200
    let first = CivilDate(start)
    var month = (first.year * 12 + first.month - 1) / step * step
    var ticks: [Tick] = []
    while CivilDate.seconds(year: month / 12, month: month % 12 + 1) <= end {
      let (year, number) = (month / 12, month % 12 + 1)
      let date = CivilDate.seconds(year: year, month: number)
      if date >= start {
        let label =
          step >= 12
          ? year.digits(4)
          : "\(year.digits(4))-\(number.digits(2))"
        ticks.append(
          Tick(position: position(of: date), label: label, isMinor: ticks.count % 2 == 1))
      }
      month += step
    }
    return ticks
  }

  private var dayTicks: [Tick] {
    let days = Int((end - start) / 86_400)
    let step = Int64([1, 2, 7, 14].first { days / $0 <= 6 } ?? 14) * 86_400
    var date = (start + 86_399) / 86_400 * 86_400
    var ticks: [Tick] = []
    while date <= end {
      ticks.append(
        Tick(
          position: position(of: date), label: CivilDate(date).dayText,
          isMinor: ticks.count % 2 == 1))
      date += step
    }
    return ticks
  }
}
