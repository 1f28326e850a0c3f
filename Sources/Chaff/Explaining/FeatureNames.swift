/// The names of a model's features by the rows that they are judged by.
///
/// A name goes by the row and not by the line's own words: should a line's word be taken for another (see
/// ``FeatureTable``), the explanation says for which.
package struct FeatureNames: Sendable {
  /// The vocabulary's name of each row of the table.
  private let names: [String?]

  /// - Complexity: O(features).
  package init(_ model: Model) {
    var names = [String?](repeating: nil, count: model.table.rowCount)
    // A model whose vocabulary cannot be read is refused when it is opened; the embedded one is read by a test.
    for feature in (try? model.vocabulary())?.features ?? [] {
      let rank = model.table.rank(of: FeatureHash.named(feature.name, in: feature.block))
      if rank >= 0 { names[rank] = String(decoding: feature.name, as: UTF8.self) }
    }
    self.names = names
  }

  func name(of feature: LineFeatures.Feature) -> String {
    names[feature.row] ?? "row \(feature.row)"
  }
}
