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
