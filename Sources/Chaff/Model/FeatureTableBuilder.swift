/// Lays out a ``FeatureTable``.
package enum FeatureTableBuilder {
  /// The places of features in a table.
  package struct Placement {
    package let bucketCount: Int
    /// The indices of the features in the order of their rows. A feature whose bucket and tag were taken is left out.
    package let order: [Int]
    let tags: [UInt16]
    let ranks: [UInt32]
  }

  /// Places features into buckets, three quarters full.
  ///
  /// - Parameters:
  ///   - hashes: the features' hashes.
  ///   - precedes: whether feature *a* is to be kept rather than feature *b*, should the two be indistinguishable.
  /// - Complexity: O(*n* log *n*).
  package static func place(_ hashes: [UInt64], precedes: (Int, Int) -> Bool) -> Placement {
    let bucketCount = max(1, (hashes.count + 5) / 6) + 1
    let keys = hashes.map { FeatureTable.bucket($0, of: bucketCount) << 16 | Int(FeatureTable.tag($0)) }
    let sorted = hashes.indices.sorted { left, right in
      keys[left] != keys[right] ? keys[left] < keys[right] : precedes(left, right)
    }
    var buckets = [[Int]](repeating: [], count: bucketCount)
    var overflow: [Int] = []
    var previous = -1
    for feature in sorted where keys[feature] != previous {
      previous = keys[feature]
      let bucket = keys[feature] >> 16
      if buckets[bucket].count < FeatureTable.slots {
        buckets[bucket].append(feature)
      } else {
        overflow.append(feature)
      }
    }
    for feature in overflow { settle(feature, keys, &buckets) }
    return placement(buckets, keys)
  }

  /// Puts a feature into the first bucket with room after its own, unless its tag would be mistaken on the way.
  private static func settle(_ feature: Int, _ keys: [Int], _ buckets: inout [[Int]]) {
    var bucket = keys[feature] >> 16
    let tag = keys[feature] & 0xffff
    while true {
      if buckets[bucket].contains(where: { keys[$0] & 0xffff == tag }) { return }
      if buckets[bucket].count < FeatureTable.slots {
        buckets[bucket].append(feature)
        return
      }
      bucket = bucket + 1 == buckets.count ? 0 : bucket + 1
    }
  }

  private static func placement(_ buckets: [[Int]], _ keys: [Int]) -> Placement {
    var tags = [UInt16](repeating: 0, count: buckets.count * FeatureTable.slots)
    var ranks: [UInt32] = []
    var order: [Int] = []
    for (bucket, features) in buckets.enumerated() {
      ranks.append(UInt32(order.count))
      for (slot, feature) in features.enumerated() {
        tags[bucket * FeatureTable.slots + slot] = UInt16(keys[feature] & 0xffff)
        order.append(feature)
      }
    }
    return Placement(bucketCount: buckets.count, order: order, tags: tags, ranks: ranks)
  }

  /// The bytes of section `TABL`.
  /// - Parameters:
  ///   - placement: where the features go.
  ///   - lanes: bytes a row, a multiple of 16.
  ///   - row: the row of a feature, of `lanes` bytes.
  package static func bytes(_ placement: Placement, lanes: Int, row: (Int) -> [Int8]) -> [UInt8] {
    var writer = ByteWriter()
    writer.append(UInt32(placement.bucketCount))
    writer.append(UInt32(placement.order.count))
    writer.append(UInt32(lanes))
    writer.append(UInt32(0))
    for tag in placement.tags { writer.append(tag) }
    for rank in placement.ranks { writer.append(rank) }
    writer.align(16)
    for feature in placement.order {
      for value in row(feature) { writer.append(UInt8(bitPattern: value)) }
    }
    return writer.bytes
  }
}
