/// A trained model: labels, tables, chain and parameters. Immutable; copies share their memory.
package struct Model: Sendable {
  package let labels: LabelSet
  package let parameters: ModelParameters
  package let chain: Chain
  package let table: FeatureTable
  /// Nats a unit × pool weight: `length classes × blocks × label groups`.
  package let coefficients: [SIMD16<Float>]
  /// Added to each label's log-likelihood, padded to whole vectors with what lies below any label's score.
  package let bias: [SIMD16<Float>]
  /// The whole file.
  package let bytes: ModelBytes
  /// Where section `CHAI` lies in the file.
  let chainRange: Range<Int>
  /// Where section `VOCA` lies in the file.
  let vocabularyRange: Range<Int>
  /// Where section `OWNR` lies in the file, if it is there.
  let ownRowsRange: Range<Int>?
  /// The checksum of the file.
  package let checksum: UInt64

  /// Vectors of sixteen labels.
  package var labelGroups: Int { chain.groups }

  /// The counts that the chain was made of: read anew, since judging has no use for them.
  /// - Complexity: O(labels² × forms²).
  package var chainCounts: ChainCounts {
    do throws(ModelError) {
      let section = UnsafeRawBufferPointer(rebasing: bytes.bytes[chainRange])
      return ChainCounts(try ModelReader.chain(section, chain.phases))
    } catch {
      preconditionFailure("The section was read when the model was opened: \(error)")
    }
  }

  /// Section `OWNR`: what training keeps of rows that the model was taught.
  package var ownRows: UnsafeRawBufferPointer? {
    ownRowsRange.map { UnsafeRawBufferPointer(rebasing: bytes.bytes[$0]) }
  }

  /// Reads the named features and their counts.
  /// - Complexity: O(features).
  package func vocabulary() throws(ModelError) -> Vocabulary {
    try VocabularyCoding.read(
      UnsafeRawBufferPointer(rebasing: bytes.bytes[vocabularyRange]), labelCount: labels.count)
  }
}
