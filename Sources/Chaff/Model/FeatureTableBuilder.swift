/// Lays out a ``FeatureTable``.
package enum FeatureTableBuilder {
  /// The places of features in a table.
  package struct Placement {
    /// The features that have a row, in the order of their rows. One that cannot be told from another is left out.
    package let order: [Int]
    let pilots: [UInt16]
    let slots: [UInt32]

    /// The table's size.
    package func size(lanes: Int) -> FeatureTable.Size {
      FeatureTable.Size(pilots: pilots.count, slots: slots.count, rows: order.count, lanes: lanes)
    }
  }

  /// Features a bucket, on average: fewer make the search for pilots shorter and the pilots more.
  private static let featuresPerBucket = 4
  /// The most features of one bucket; of words that were made to meet in one, the others are left out.
  private static let largestBucket = 24

  /// Places features in slots, of which one in twenty stays empty.
  ///
  /// - Parameters:
  ///   - hashes: the features' hashes.
  ///   - ranked: all features. One that comes first has the lower rank, and it is kept, should not both find a place.
  /// - Complexity: O(*n*) expected.
  package static func place(_ hashes: [UInt64], ranked: [Int]) -> Placement {
    let bucketCount = max(1, (hashes.count + featuresPerBucket - 1) / featuresPerBucket)
    let slotCount = max(1, hashes.count + hashes.count / 19)
    var table = Table(hashes: hashes, slotCount: slotCount, bucketCount: bucketCount)
    let buckets = Buckets(hashes, count: bucketCount, ranked)
    // Large buckets first, while there is room; then in their own order.
    for size in stride(from: largestBucket, to: 0, by: -1) {
      for bucket in 0..<bucketCount where buckets.sizes[bucket] == size {
        table.place(buckets.features(bucket), bucket)
      }
    }
    return table.placement(ranked)
  }

  /// The features of each bucket, the preferred ones first; of those with one low half, which no pilot can part, the
  /// preferred one.
  private struct Buckets {
    /// How many features each has.
    private(set) var sizes: [Int]
    /// Where the features of each begin, for all of whom there is room.
    private var starts: [Int]
    private var features: [Int]

    init(_ hashes: [UInt64], count: Int, _ ranked: [Int]) {
      sizes = Array(repeating: 0, count: count)
      starts = Array(repeating: 0, count: count + 1)
      features = Array(repeating: 0, count: hashes.count)
      for hash in hashes { starts[FeatureTable.bucket(hash, of: count) + 1] += 1 }
      for bucket in 0..<count { starts[bucket + 1] += starts[bucket] }
      for feature in ranked {
        let bucket = FeatureTable.bucket(hashes[feature], of: count)
        let (start, size) = (starts[bucket], sizes[bucket])
        let half = UInt32(truncatingIfNeeded: hashes[feature])
        guard size < largestBucket,
          !features[start..<start + size].contains(where: { UInt32(truncatingIfNeeded: hashes[$0]) == half })
        else { continue }
        features[start + size] = feature
        sizes[bucket] += 1
      }
    }

    func features(_ bucket: Int) -> ArraySlice<Int> { features[starts[bucket]..<starts[bucket] + sizes[bucket]] }
  }

  /// The table as it fills.
  private struct Table {
    let hashes: [UInt64]
    /// −1 where there is none.
    var featureOfSlot: [Int]
    var pilots: [UInt16]

    init(hashes: [UInt64], slotCount: Int, bucketCount: Int) {
      self.hashes = hashes
      featureOfSlot = Array(repeating: -1, count: slotCount)
      pilots = Array(repeating: 0, count: bucketCount)
    }

    /// Finds a bucket's pilot; while there is none, the feature that is preferred least is left out.
    mutating func place(_ features: ArraySlice<Int>, _ bucket: Int) {
      var features = features
      withUnsafeTemporaryAllocation(of: Int.self, capacity: features.count) { slots in
        while !features.isEmpty {
          for pilot in 0...UInt16.max where fits(features, pilot, slots) {
            pilots[bucket] = pilot
            for (feature, slot) in zip(features, slots) { featureOfSlot[slot] = feature }
            return
          }
          features.removeLast()
        }
      }
    }

    /// Whether a pilot gives each feature a free slot of its own.
    private func fits(_ features: ArraySlice<Int>, _ pilot: UInt16, _ slots: UnsafeMutableBufferPointer<Int>) -> Bool {
      var count = 0
      for feature in features {
        let slot = FeatureTable.slot(hashes[feature], pilot: pilot, of: featureOfSlot.count)
        guard featureOfSlot[slot] < 0, !slots[..<count].contains(slot) else { return false }
        slots[count] = slot
        count += 1
      }
      return true
    }

    /// The table with its features ranked.
    func placement(_ ranked: [Int]) -> Placement {
      var isPlaced = [Bool](repeating: false, count: hashes.count)
      for feature in featureOfSlot where feature >= 0 { isPlaced[feature] = true }
      let order = ranked.filter { isPlaced[$0] }
      var ranks = [Int](repeating: 0, count: hashes.count)
      for (rank, feature) in order.enumerated() { ranks[feature] = rank }
      let mask = FeatureTable.rankMask(rows: order.count)
      let slots = featureOfSlot.map { feature in
        feature < 0
          ? UInt32(order.count) : UInt32(ranks[feature]) | FeatureTable.tag(hashes[feature], rankMask: mask)
      }
      return Placement(order: order, pilots: pilots, slots: slots)
    }
  }

  /// The bytes of section `TABL`.
  /// - Parameters:
  ///   - placement: where the features go.
  ///   - lanes: bytes a row, a multiple of 16.
  ///   - rows: of each feature, `lanes` bytes.
  package static func bytes(_ placement: Placement, lanes: Int, rows: [Int8]) -> [UInt8] {
    let size = placement.size(lanes: lanes)
    var writer = ByteWriter()
    for number in [size.pilots, size.slots, size.rows, size.lanes] { writer.append(UInt32(number)) }
    for pilot in placement.pilots { writer.append(pilot) }
    writer.align(4)
    for slot in placement.slots { writer.append(slot) }
    writer.align(16)
    rows.withUnsafeBytes { rows in
      for feature in placement.order { writer.append(contentsOf: rows[feature * lanes..<(feature + 1) * lanes]) }
    }
    writer.append(contentsOf: [UInt8](repeating: 0, count: lanes))
    return writer.bytes
  }
}
