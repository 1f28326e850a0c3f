extension LineClassifier {
  /// Explains the lines of one page: for each, what speaks for its label and against the runner-up.
  ///
  /// ```swift
  /// for explanation in LineClassifier.standard.explain(lines: ["Home", "Sport", "Subscribe to read on"]) {
  ///   for part in explanation?.strongest(3) ?? [] { print(part.nats, part.source) }
  /// }
  /// ```
  ///
  /// The page is decoded as a whole, in double precision: posteriors are the classifier's to float tolerance on pages of
  /// up to 1,151 lines, which it too decodes as a whole.
  /// - Parameters:
  ///   - lines: the page's lines in order.
  ///   - linesAlone: each line is judged by itself.
  ///   - runnerUp: the label to weigh against; the most probable label of the second most probable category if nil, or
  ///     if the model has no such label.
  /// - Returns: an explanation for each line; nil for a blank line, for one that is the runner-up itself, and where the
  ///   model has one label only.
  /// - Complexity: O(bytes + lines × labels²) time and memory, once O(features of the model).
  public func explain(
    lines: some Sequence<String>, linesAlone: Bool = false, against runnerUp: Label? = nil
  ) -> [LineExplanation?] {
    let rows = lines.map { Array($0.utf8) }
    let page = PageExplanation(rows, model: model, names: FeatureNames(model), linesAlone: linesAlone)
    return page.explanations(against: runnerUp.flatMap { model.labels.index(of: $0) })
  }
}
