/// What decoding needs of lines: how likely each label makes them, and their forms.
package struct LineEvidence: Sendable {
  /// Vectors of sixteen labels a line.
  package let groups: Int
  /// Scaled so that each line's largest is 1; 0 in padding: `lines × groups`.
  package var likelihoods: [SIMD16<Float>] = []
  /// One ``LineForm`` a line.
  package var forms: [UInt8] = []

  package init(groups: Int) { self.groups = groups }

  /// How many lines there are.
  package var count: Int { forms.count }

  /// Appends lines that are written to memory.
  /// - Parameters:
  ///   - most: how many lines there is room for.
  ///   - body: writes likelihoods and forms; returns how many lines it wrote.
  @inline(__always)
  package mutating func append(
    _ most: Int, _ body: (UnsafeMutablePointer<SIMD16<Float>>, UnsafeMutablePointer<UInt8>) -> Int
  ) {
    Self.append(most, groups, to: &likelihoods, &forms, body)
  }

  @inline(__always)
  private static func append(
    _ most: Int, _ groups: Int, to likelihoods: inout [SIMD16<Float>], _ forms: inout [UInt8],
    _ body: (UnsafeMutablePointer<SIMD16<Float>>, UnsafeMutablePointer<UInt8>) -> Int
  ) {
    likelihoods.append(addingCapacity: most * groups) { likelihoods in
      forms.append(addingCapacity: most) { forms in
        likelihoods.withUnsafeMutableBufferPointer { likelihoods, likelihoodCount in
          forms.withUnsafeMutableBufferPointer { forms, count in
            guard let likelihoods = likelihoods.baseAddress, let forms = forms.baseAddress else { return }
            count = body(likelihoods, forms)
            likelihoodCount = count * groups
          }
        }
      }
    }
  }

  /// Appends the first lines of other evidence.
  mutating func append(_ lines: LineEvidence, count: Int) {
    likelihoods.append(contentsOf: lines.likelihoods[..<(count * groups)])
    forms.append(contentsOf: lines.forms[..<count])
  }

  /// Makes room for so many lines.
  mutating func reserveCapacity(_ lines: Int) {
    likelihoods.reserveCapacity(lines * groups)
    forms.reserveCapacity(lines)
  }

  package mutating func removeAll() {
    likelihoods.removeAll(keepingCapacity: true)
    forms.removeAll(keepingCapacity: true)
  }

  package mutating func removeFirst(_ lines: Int) {
    likelihoods.removeFirst(lines * groups)
    forms.removeFirst(lines)
  }

  @inline(__always)
  func withPointers(_ body: (UnsafePointer<SIMD16<Float>>, UnsafePointer<UInt8>) -> Void) {
    likelihoods.withUnsafeBufferPointer { likelihoods in
      forms.withUnsafeBufferPointer { forms in
        if let likelihoods = likelihoods.baseAddress, let forms = forms.baseAddress { body(likelihoods, forms) }
      }
    }
  }
}
