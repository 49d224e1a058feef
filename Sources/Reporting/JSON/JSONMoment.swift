import Detection

/// A commit for programs, where a member is more than its id.
struct JSONMoment {
  private let moment: Moment

  init(_ moment: Moment) {
    self.moment = moment
  }

  var value: JSONValue {
    [
      "commit": .text(moment.commit),
      "author": .text(moment.author),
      "date": .text(moment.timestamp),
      "subject": .text(moment.summary),
    ]
  }
}
