import Clibgit2
import Czlib

/// Reads objects out of mapped packs.
///
/// libgit2 does it as well, and keeps no more than 16 MB of the objects that differences start from, none
/// of them above 1 MB: it makes the manifest of a large solution, of which each commit has another, five
/// times as slowly as git. Damaged data is left to libgit2, which reports the fault.
final class PackReader {
  /// Of differences from differences; git makes 50 by default, and reads no more than this.
  private static let depthLimit = 4_095
  private static let beginningDepthLimit = 250
  /// In bytes: more of an object than this is made from all of what it differs from.
  private static let beginningLimit = 256 << 10
  /// After this many bytes of packs, what is mapped is given back, so that a scan of a large repository
  /// does not hold all of it.
  private static let releaseInterval = 64 << 20

  private let store: PackStore
  private var packs: [PackFile]?
  /// A history has three readers, which together keep as much as git does.
  private var bases = DeltaBases(limit: 32 << 20)
  /// The beginnings of objects, some kilobytes each.
  private var beginnings = DeltaBases(limit: 8 << 20)
  /// One for all objects: to make one takes as long as to inflate a small object. At a fixed place, to
  /// which zlib points back.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private var isStreamReady = false
  private var consumed = 0

  init(_ store: PackStore) {
    self.store = store
    stream.initialize(to: z_stream())
  }

  deinit {
    if isStreamReady { inflateEnd(stream) }
    stream.deallocate()
  }

  enum Answer {
    case object(PackedObject)
    /// Its size in bytes.
    case tooLarge(Int)
  }

  /// Nil where no pack has it, or not in order.
  func object(_ id: ObjectID, limit: Int = PackedObject.sizeLimit) -> Answer? {
    let packs = known
    for (number, pack) in packs.enumerated() {
      guard let offset = pack.offset(of: id) else { continue }
      return object(at: Place(pack: number, offset: offset), in: pack, limit: limit)
    }
    return nil
  }

  /// At least the first `count` bytes of an object, or all that it has: without making the rest of it,
  /// which for a large file in many versions takes most of the time.
  ///
  /// Nil where no pack has it, or not in order, or where the beginning is not near the beginning of what
  /// the object differs from.
  func beginning(of id: ObjectID, count: Int) -> PackedObject? {
    for (number, pack) in known.enumerated() {
      guard let offset = pack.offset(of: id) else { continue }
      return beginning(at: Place(pack: number, offset: offset), in: pack, count: count, depth: 0)
    }
    return nil
  }

  private func beginning(
    at place: Place, in pack: PackFile, count: Int, depth: Int
  ) -> PackedObject? {
    if let whole = bases[place] { return whole }
    if let known = beginnings[place], known.count >= count { return known }
    guard depth <= Self.beginningDepthLimit, count <= Self.beginningLimit,
      let entry = PackEntry(at: place.offset, in: pack)
    else { return nil }
    let base: Int?
    switch entry.content {
    case .whole(let type):
      let object = content(of: entry, type, first: min(count, entry.size), in: pack)
      if let object { beginnings.keep(object, of: place) }
      return object
    case .differenceFromOffset(let offset): base = offset
    case .differenceFromObject(let id): base = pack.offset(of: id)
    }
    guard let base else { return nil }
    var length = 512
    while true {
      length = min(length, entry.size)
      guard let steps = content(of: entry, GIT_OBJECT_INVALID, first: length, in: pack) else {
        return nil
      }
      let need = steps.withBytes { bytes -> (count: Int, ofBase: Int)? in
        guard let steps = DeltaSteps(bytes) else { return nil }
        let count = min(count, steps.sizeAfter)
        return steps.baseLength(forFirst: count).map { (count, $0) }
      }
      if let need {
        guard
          let former = beginning(
            at: Place(pack: place.pack, offset: base), in: pack, count: need.ofBase,
            depth: depth + 1)
        else { return nil }
        let object = PackedObject(former.type, size: need.count) { target in
          steps.withBytes { bytes in
            former.withBytes { source in
              var steps = DeltaSteps(bytes)
              return steps?.fill(target, copying: source) != nil
            }
          }
        }
        if let object { beginnings.keep(object, of: place) }
        return object
      }
      guard length < entry.size, length < Self.beginningLimit else { return nil }
      length *= 4
    }
  }

  private var known: [PackFile] {
    if let packs { return packs }
    let found = store.packs
    packs = found
    return found
  }

  struct Place: Hashable {
    let pack: Int
    let offset: Int
  }

  private func object(at place: Place, in pack: PackFile, limit: Int) -> Answer? {
    var differences: [(place: Place, steps: PackedObject)] = []
    var place = place
    var base = bases[place]
    while base == nil {
      guard let entry = PackEntry(at: place.offset, in: pack), entry.size <= PackedObject.sizeLimit
      else { return nil }
      switch entry.content {
      case .whole(let type):
        if differences.isEmpty, entry.size > limit { return .tooLarge(entry.size) }
        guard let whole = content(of: entry, type, in: pack) else { return nil }
        if !differences.isEmpty { bases.keep(whole, of: place) }
        base = whole
      case .differenceFromOffset(let offset):
        guard let steps = content(of: entry, GIT_OBJECT_INVALID, in: pack) else { return nil }
        differences.append((place, steps))
        place = Place(pack: place.pack, offset: offset)
      case .differenceFromObject(let id):
        // A pack on disk is complete in itself.
        guard let steps = content(of: entry, GIT_OBJECT_INVALID, in: pack),
          let offset = pack.offset(of: id)
        else { return nil }
        differences.append((place, steps))
        place = Place(pack: place.pack, offset: offset)
      }
      if let size = differences.first?.steps.sizeAfter, size > limit { return .tooLarge(size) }
      guard differences.count <= Self.depthLimit else { return nil }
      if base == nil { base = bases[place] }
    }
    guard var object = base else { return nil }
    for (number, difference) in differences.enumerated().reversed() {
      guard let next = PackedObject.applying(difference.steps, to: object) else { return nil }
      if number > 0 { bases.keep(next, of: difference.place) }
      object = next
    }
    return object.count > limit ? .tooLarge(object.count) : .object(object)
  }

  /// Nil unless the stream ends with the last byte of the content.
  ///
  /// - Parameter first: how many bytes are wanted; nil for all, which checks them too.
  private func content(
    of entry: PackEntry, _ type: git_object_t, first wanted: Int? = nil, in pack: PackFile
  ) -> PackedObject? {
    let input = pack.objects.bytes
    let available = input.count - PackFile.trailer - entry.start
    guard available > 0, LooseObject.canHold(entry.size, in: available),
      let base = input.baseAddress,
      makeStreamReady()
    else { return nil }
    let object = PackedObject(type, size: wanted ?? entry.size) { target in
      guard let output = target.baseAddress else { return false }
      stream.pointee.next_in = UnsafeMutablePointer(
        mutating: (base + entry.start).assumingMemoryBound(to: UInt8.self))
      stream.pointee.avail_in = UInt32(min(available, Int(UInt32.max)))
      stream.pointee.next_out = output.assumingMemoryBound(to: UInt8.self)
      stream.pointee.avail_out = UInt32(target.count)
      let code = inflate(stream, wanted == nil ? Z_FINISH : Z_SYNC_FLUSH)
      return (code == Z_STREAM_END || (wanted != nil && code == Z_OK))
        && stream.pointee.avail_out == 0
    }
    consumed += Int(stream.pointee.total_in)
    if consumed > Self.releaseInterval {
      consumed = 0
      for pack in known { pack.objects.release() }
    }
    return object
  }

  private func makeStreamReady() -> Bool {
    if isStreamReady { return inflateReset(stream) == Z_OK }
    isStreamReady = connref_inflate_init(stream) == Z_OK
    return isStreamReady
  }
}

/// Objects that differences start from, as they were made last.
struct DeltaBases {
  /// In bytes; git's own for whole objects is 96 MB.
  let limit: Int

  private struct Entry {
    let object: PackedObject
    var use: Int
  }

  private var entries: [PackReader.Place: Entry] = [:]
  private var size = 0
  private var uses = 0

  init(limit: Int) { self.limit = limit }

  subscript(place: PackReader.Place) -> PackedObject? {
    mutating get {
      guard let index = entries.index(forKey: place) else { return nil }
      uses += 1
      entries.values[index].use = uses
      return entries.values[index].object
    }
  }

  /// Makes room by dropping the least recently used half at once: then a new one rarely has to.
  mutating func keep(_ object: PackedObject, of place: PackReader.Place) {
    guard object.count < limit / 2 else { return }
    uses += 1
    size += object.count - (entries[place]?.object.count ?? 0)
    entries[place] = Entry(object: object, use: uses)
    guard size > limit else { return }
    for (place, entry) in entries.sorted(by: { $0.value.use < $1.value.use }) {
      guard size > limit / 2 else { return }
      size -= entry.object.count
      entries[place] = nil
    }
  }
}
