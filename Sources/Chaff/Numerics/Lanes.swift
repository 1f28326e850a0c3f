import CLanes

// What the standard library offers for vectors is generic and not always inlined; these are, and cost a few
// instructions each.

extension SIMD16 where Scalar == Float {
  /// The sum of the lanes, added as a tree: a fixed order, so the same bits everywhere.
  @inline(__always)
  package var treeSum: Float {
    let eight = lowHalf + highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }

  /// The largest lane.
  @inline(__always)
  package var largest: Float {
    withUnsafeBytes(of: self) { bytes in
      let lanes = bytes.assumingMemoryBound(to: Float.self)
      var largest = lanes[0]
      for lane in 1..<16 { largest = lanes[lane] > largest ? lanes[lane] : largest }
      return largest
    }
  }

  /// The largest lane, to a sixteenth; lanes are within ±250,000.
  ///
  /// In fixed point, where the larger of two is found without comparing floats, which compiles to a loop over lanes.
  @inline(__always)
  package var roughlyLargest: Float {
    let fixed = unsafeBitCast(self * 16 + 12_582_912, to: SIMD16<Int32>.self)
    let eight = Self.larger(fixed.lowHalf, fixed.highHalf)
    let four = Self.larger(eight.lowHalf, eight.highHalf)
    let two = Self.larger(four.lowHalf, four.highHalf)
    return Float(Swift.max(two.x, two.y) &- 0x4b40_0000) * 0.0625
  }

  @inline(__always)
  private static func larger<V: SIMD>(_ a: V, _ b: V) -> V where V.Scalar == Int32 {
    let difference = a &- b
    return a &- (difference & (difference &>> 31))
  }
}

/// Sums of quantised rows: sixteen lanes of 16 bits.
///
/// Shifts widen vectors in pairs of neighbours, where shuffles would be wanted that the compiler does not find. So a
/// row's bytes stand in an order that two rounds of shifts undo: see ``position(ofLane:)``.
package struct RowSums: BitwiseCopyable, Sendable {
  /// Lanes 0, 4, 1, 5, 2, 6, 3, 7.
  private var low = SIMD8<Int16>(repeating: 0)
  /// Lanes 8, 12, 9, 13, 10, 14, 11, 15.
  private var high = SIMD8<Int16>(repeating: 0)

  @inline(__always)
  package init() {}

  /// Adds a row of signed bytes.
  @inline(__always)
  package mutating func add(_ row: SIMD16<Int8>) {
    let pairs = unsafeBitCast(row, to: SIMD8<Int16>.self)
    low &+= (pairs &<< 8) &>> 8
    high &+= pairs &>> 8
  }

  /// The sums in order, in 32 bits.
  @inline(__always)
  package var lanes: SIMD16<Int32> {
    let low = unsafeBitCast(low, to: SIMD4<Int32>.self)
    let high = unsafeBitCast(high, to: SIMD4<Int32>.self)
    return SIMD16(
      lowHalf: SIMD8(lowHalf: (low &<< 16) &>> 16, highHalf: low &>> 16),
      highHalf: SIMD8(lowHalf: (high &<< 16) &>> 16, highHalf: high &>> 16))
  }

  /// Where a lane's byte stands in a row of sixteen.
  package static func position(ofLane lane: Int) -> Int {
    2 * (lane % 4 * 2 + lane % 8 / 4) + lane / 8
  }

  /// Numbers in the order in which a row's bytes stand.
  static func ordered(_ numbers: SIMD16<Float>) -> SIMD16<Float> {
    var result = numbers
    for lane in 0..<16 { result[position(ofLane: lane)] = numbers[lane] }
    return result
  }

  /// A row's bytes in the order in which they stand.
  package static func ordered(_ row: [Int8]) -> [Int8] {
    var result = row
    for lane in 0..<16 { result[position(ofLane: lane)] = row[lane] }
    return result
  }
}

extension UnsafePointer<SIMD16<Float>> {
  /// The lanes of vectors, one after the other.
  @inline(__always)
  var lanes: UnsafePointer<Float> { UnsafeRawPointer(self).assumingMemoryBound(to: Float.self) }
}

extension UnsafeMutablePointer<SIMD16<Float>> {
  /// The lanes of vectors, one after the other.
  @inline(__always)
  package var lanes: UnsafeMutablePointer<Float> { UnsafeMutableRawPointer(self).assumingMemoryBound(to: Float.self) }
}

extension UnsafeMutablePointer where Pointee: FixedWidthInteger {
  /// Memory of zeros that takes time and room only as it is used, to be given back by `chaff_free`.
  static func zeros(_ count: Int) -> Self {
    guard let memory = chaff_zeros(count, MemoryLayout<Pointee>.stride) else { fatalError("out of memory") }
    return memory.bindMemory(to: Pointee.self, capacity: count)
  }
}
