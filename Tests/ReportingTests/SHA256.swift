import Foundation

/// The digest of FIPS 180-4, for the page's security policy. Foundation on Linux has none.
enum SHA256 {
  static func digest(of message: [UInt8]) -> [UInt8] {
    let length = UInt64(message.count) * 8
    var padded = message + [0x80]
    while padded.count % 64 != 56 { padded.append(0) }
    padded += bytes(of: length)
    let primes = primes(64)
    let constants = primes.map { fraction(Double($0), root: 3) }
    var hash = primes.prefix(8).map { fraction(Double($0), root: 2) }
    for start in stride(from: 0, to: padded.count, by: 64) {
      hash = zip(hash, compress(padded[start..<start + 64], into: hash, constants)).map(&+)
    }
    return hash.flatMap(bytes)
  }

  private static func compress(
    _ block: ArraySlice<UInt8>, into hash: [UInt32], _ constants: [UInt32]
  ) -> [UInt32] {
    var words = stride(from: block.startIndex, to: block.endIndex, by: 4).map { position in
      block[position..<position + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    }
    for t in 16..<64 {
      let (early, late) = (words[t - 15], words[t - 2])
      let small = turned(early, 7) ^ turned(early, 18) ^ early >> 3
      let large = turned(late, 17) ^ turned(late, 19) ^ late >> 10
      words.append(words[t - 16] &+ small &+ words[t - 7] &+ large)
    }
    var state = hash
    for t in 0..<64 {
      let (a, b, c, e) = (state[0], state[1], state[2], state[4])
      let choice = e & state[5] ^ ~e & state[6]
      let sum = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
      let first = state[7] &+ sum &+ choice &+ constants[t] &+ words[t]
      let majority = a & b ^ a & c ^ b & c
      let second = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) &+ majority
      state = [first &+ second, a, b, c, state[3] &+ first, e, state[5], state[6]]
    }
    return state
  }

  private static func turned(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word >> count | word << (32 - count)
  }

  private static func bytes(of number: some FixedWidthInteger) -> [UInt8] {
    stride(from: number.bitWidth - 8, through: 0, by: -8).map {
      UInt8(truncatingIfNeeded: number >> $0)
    }
  }

  /// The first 32 bits behind the point of a square or cube root.
  private static func fraction(_ number: Double, root: Int) -> UInt32 {
    let value = root == 2 ? number.squareRoot() : cbrt(number)
    return UInt32((value - value.rounded(.down)) * 4_294_967_296)
  }

  private static func primes(_ count: Int) -> [Int] {
    var primes: [Int] = []
    var number = 2
    while primes.count < count {
      if primes.allSatisfy({ number % $0 != 0 }) { primes.append(number) }
      number += 1
    }
    return primes
  }
}
