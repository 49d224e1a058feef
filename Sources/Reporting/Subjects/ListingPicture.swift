import Detection
import Solution

/// The listing as a picture: connectors as frames, references in them, and their consumers on the
/// left. Independent of the format of the picture.
///
/// Two hundred flows drawn one by one are no picture. Flows that name the same references are one box;
/// where even those are many, each solution or identity group is one, with the number of its flows at
/// each line.
struct ListingPicture {
  struct Box: Hashable {
    /// The raw value is the name of a style.
    enum Kind: String {
      case reference, unbound, stub, missing, consumers
    }

    let id: String
    let kind: Kind
    /// The first is the title.
    let lines: [PrintableText]
  }

  struct Frame {
    let id: String
    let title: PrintableText
    let boxes: [Box]
  }

  struct Line: Hashable {
    let from: String
    let to: String
    /// The number of consumers it represents; nil where it represents all of its box.
    let count: Int?
  }

  /// Boxes of consumers that one picture holds.
  private static let boxLimit = 40
  /// Names in one box.
  private static let nameLimit = 4

  /// One a solution or identity group.
  let consumers: [Frame]
  /// One a connector.
  let connectors: [Frame]
  let lines: [Line]

  /// - Parameter groups: flows of one group share a service identity, and a frame.
  init(_ listing: Listing, groups: [IdentityGroup]) {
    var builder = Builder(listing, groups: groups)
    builder.addReferences()
    let isSmall = builder.bundles.count <= Self.boxLimit
    let drawn = isSmall ? builder.drawnByBundle() : builder.drawnByOwner()
    consumers = drawn.frames
    lines = drawn.lines
    connectors = builder.connectors
  }

  /// Consumers that name the same references and belong together.
  fileprivate struct Bundle {
    let owner: String
    let names: [LogicalName]
    var members: [Consumer]
  }

  fileprivate struct Builder {
    private let listing: Listing
    private let groups: [IdentityGroup]
    private var references: [String: [(name: LogicalName, box: Box)]] = [:]
    private var ids: [LogicalName: String] = [:]
    /// Ordered by owner, then by size.
    let bundles: [Bundle]

    init(_ listing: Listing, groups: [IdentityGroup]) {
      self.listing = listing
      self.groups = groups
      var bundles: [String: Bundle] = [:]
      var seen: Set<String> = []
      for entry in listing.entries where !entry.instance.mayBeCopy {
        for consumer in entry.instance.consumers {
          let names = Set(consumer.links.compactMap(\.reference)).sorted()
          guard !names.isEmpty, seen.insert("\(consumer.kind) \(consumer.id)").inserted else {
            continue
          }
          let owner =
            groups.first { $0.holds(consumer, of: entry.instance) }?.name
            ?? entry.instance.uniqueName
          let key = owner + "\n" + names.map(\.key).joined(separator: "\n")
          bundles[key, default: Bundle(owner: owner, names: names, members: [])].members
            .append(consumer)
        }
      }
      self.bundles = bundles.sorted {
        ($0.value.owner, -$0.value.members.count, $0.key)
          < ($1.value.owner, -$1.value.members.count, $1.key)
      }.map(\.value)
    }

    mutating func addReferences() {
      var entries: [LogicalName: (connector: String, box: Box)] = [:]
      func add(
        _ name: LogicalName, _ connector: Connector?, _ kind: Box.Kind, _ lines: [PrintableText]
      ) {
        let known = entries[name]?.box.kind
        guard known == nil || known == .stub || known == .missing else { return }
        entries[name] = (
          connector?.stableName ?? "", Box(id: "", kind: kind, lines: lines)
        )
      }
      for entry in listing.entries where !entry.instance.mayBeCopy {
        for usage in entry.references {
          let reference = usage.reference
          let title: PrintableText = "\(reference.name.spelling.shortened(to: 60))"
          if reference.isStub {
            add(reference.name, nil, .stub, [title, "defined by another solution"])
            continue
          }
          var lines = [title]
          if let name = reference.displayName { lines.append("\(name.shortened(to: 40))") }
          let bound = usage.rows.filter(\.isBound)
          if !listing.settings.isEmpty {
            lines.append(
              bound.isEmpty
                ? "bound nowhere"
                : "bound in \(counted(Set(bound.map(\.path)).count, "settings file"))")
          }
          add(
            reference.name, reference.connector,
            bound.isEmpty && !listing.settings.isEmpty ? .unbound : .reference, lines)
        }
        for usage in entry.externals where !usage.consumers.isEmpty {
          add(
            usage.external.name, usage.consumers.lazy.compactMap(\.link.connector).first, .stub,
            ["\(usage.external.name.spelling.shortened(to: 60))", "declared elsewhere"])
        }
        for use in entry.unresolved {
          guard let name = use.link.reference else { continue }
          add(
            name, use.link.connector, .missing,
            ["\(name.spelling.shortened(to: 60))", "declared nowhere"])
        }
      }
      for (number, entry) in entries.sorted(by: { $0.key < $1.key }).enumerated() {
        let id = "r\(number)"
        ids[entry.key] = id
        references[entry.value.connector, default: []].append(
          (entry.key, Box(id: id, kind: entry.value.box.kind, lines: entry.value.box.lines)))
      }
    }

    var connectors: [Frame] {
      references.sorted { $0.key < $1.key }.enumerated().map { number, entry in
        Frame(
          id: "c\(number)",
          title: entry.key.isEmpty ? "connector not named" : "\(entry.key.shortened(to: 60))",
          boxes: entry.value.map(\.box))
      }
    }

    private func frames(_ boxes: [(owner: String, box: Box)]) -> [Frame] {
      Dictionary(grouping: boxes, by: \.owner).sorted { $0.key < $1.key }.enumerated()
        .map { number, entry in
          Frame(
            id: "s\(number)", title: "\(entry.key.shortened(to: 60))",
            boxes: entry.value.map(\.box))
        }
    }

    func drawnByBundle() -> (frames: [Frame], lines: [Line]) {
      var boxes: [(owner: String, box: Box)] = []
      var lines: [Line] = []
      for (number, bundle) in bundles.enumerated() {
        let id = "u\(number)"
        var texts: [PrintableText] = bundle.members.prefix(nameLimit).map {
          "\($0.name.shortened(to: 48))"
        }
        if bundle.members.count > nameLimit {
          texts.insert("\(counted(bundle.members.count, unit(bundle.members)))", at: 0)
          texts.append("and \(bundle.members.count - nameLimit) more")
        }
        boxes.append((bundle.owner, Box(id: id, kind: .consumers, lines: texts)))
        for name in bundle.names {
          if let to = ids[name] { lines.append(Line(from: id, to: to, count: nil)) }
        }
      }
      return (frames(boxes), lines)
    }

    func drawnByOwner() -> (frames: [Frame], lines: [Line]) {
      let owners = Dictionary(grouping: bundles, by: \.owner).sorted { $0.key < $1.key }
      var boxes: [Box] = []
      var lines: [Line] = []
      for (number, entry) in owners.enumerated() {
        let id = "u\(number)"
        let members = entry.value.flatMap(\.members)
        boxes.append(
          Box(
            id: id, kind: .consumers,
            lines: [
              "\(entry.key.shortened(to: 60))",
              "\(counted(members.count, unit(members)))",
            ]))
        var counts: [String: Int] = [:]
        for bundle in entry.value {
          for name in bundle.names {
            if let to = ids[name] { counts[to, default: 0] += bundle.members.count }
          }
        }
        lines += counts.sorted { ($0.key.count, $0.key) < ($1.key.count, $1.key) }.map {
          Line(from: id, to: $0.key, count: $0.value)
        }
      }
      return ([Frame(id: "s0", title: "solutions", boxes: boxes)], lines)
    }

    private var nameLimit: Int { ListingPicture.nameLimit }

    private func unit(_ members: [Consumer]) -> PrintableText {
      "\(Consumer.Kind.unit(members.map(\.kind)))"
    }
  }
}
