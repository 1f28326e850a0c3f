/// The lines of one page with all that their judgement is made of.
package struct PageExplanation {
  private let model: Model
  private let names: FeatureNames
  private let linesAlone: Bool
  /// The features of each line that is not blank.
  private let lines: [LineFeatures]
  /// The number of each row in `lines`; nil for a blank row.
  private let lineOfRow: [Int?]
  private let messages: PageMessages

  /// What likelihoods the classifier keeps below the largest, in nats.
  private static let limit = 80.0

  /// - Parameters:
  ///   - rows: the page's rows as UTF-8, without line ends.
  ///   - names: of the model's features.
  /// - Complexity: O(bytes + lines × labels²); all of it is held in memory.
  package init(_ rows: some Sequence<[UInt8]>, model: Model, names: FeatureNames, linesAlone: Bool) {
    self.model = model
    self.names = names
    self.linesAlone = linesAlone
    var lines: [LineFeatures] = []
    lineOfRow = rows.map { row in
      let features = row.withUnsafeBufferPointer { LineFeatures($0, table: model.table) }
      guard !features.look.isBlank else { return nil }
      lines.append(features)
      return lines.count - 1
    }
    self.lines = lines
    let evidence = lines.map { line in
      let scores = model.labels.labels.indices.map { Self.logLikelihood(line, label: $0, model) }
      let least = (scores.max() ?? 0) - Self.limit
      // Shifted, so that the largest likelihood is 1.
      return (
        evidence: scores.map { max($0, least) - least - Self.limit },
        form: model.parameters.usesForms ? LineForm.of(line.look) : 0
      )
    }
    messages = PageMessages(evidence, chain: model.chain, linesAlone: linesAlone)
  }

  private static func logLikelihood(_ line: LineFeatures, label: Int, _ model: Model) -> Double {
    let length = LengthClass.of(words: line.look.wordCount)
    return line.features.reduce(bias(label, model)) {
      $0 + model.contribution(of: $1, label: label, lengthClass: length)
    }
  }

  private var temperature: Temperature { model.parameters.temperature }

  private static func bias(_ label: Int, _ model: Model) -> Double { Double(model.bias[label / 16][label % 16]) }

  /// The posterior of each label of a row; nil for a blank row.
  package func posteriors(row: Int) -> [Double]? {
    lineOfRow[row].map { messages.logPosteriors($0, temperature).map(Reproducible.exp) }
  }

  /// The decided label of a row, and the best label of the second-best category (of the same, if there is but one).
  package func decided(row: Int) -> (label: Int, runnerUp: Int)? {
    guard let posteriors = posteriors(row: row), posteriors.count > 1 else { return nil }
    let categories = model.labels.categoryOfLabel
    var sums = [Double](repeating: 0, count: model.labels.categories.count)
    for (label, posterior) in posteriors.enumerated() { sums[categories[label]] += posterior }
    func best(_ indices: some Sequence<Int>, _ values: [Double]) -> Int? {
      indices.reduce(nil) { best, index in best.map { values[index] > values[$0] ? index : $0 } ?? index }
    }
    guard let category = best(sums.indices, sums),
      let label = best(categories.indices.filter { categories[$0] == category }, posteriors)
    else { return nil }
    let other = best(sums.indices.filter { $0 != category }, sums) ?? category
    let rivals = categories.indices.filter { categories[$0] == other && $0 != label }
    return best(rivals, posteriors).map { (label, $0) }
  }

  /// Explains each row's label against another one, or against its runner-up; nil for a blank row and for the rival's own.
  package func explanations(against rival: Int? = nil) -> [LineExplanation?] {
    lineOfRow.indices.map { row in
      guard let decided = decided(row: row) else { return nil }
      return explanation(row: row, label: decided.label, against: rival ?? decided.runnerUp)
    }
  }

  /// Explains a row's label against another.
  /// - Returns: nil for a blank row, or where both labels are one.
  /// - Complexity: O(features of the line).
  package func explanation(row: Int, label: Int, against rival: Int) -> LineExplanation? {
    guard let line = lineOfRow[row], label != rival else { return nil }
    let logs = messages.logPosteriors(line, temperature)
    let (own, other) = (kinds(label, rival, logs), kinds(rival, label, logs))
    var parts: [LineExplanation.Part] = []
    func add(_ source: LineExplanation.Part.Source, _ nats: Double) {
      parts.append(LineExplanation.Part(source: source, nats: nats * temperature.power))
    }
    let prior = difference(label, rival) { Reproducible.log(Double(model.chain.prior[$0 / 16][$0 % 16])) }
    add(.prior, prior)
    add(.bias, difference(label, rival) { Self.bias($0, model) })
    let length = LengthClass.of(words: lines[line].look.wordCount)
    for feature in lines[line].features {
      let nats = difference(label, rival) { model.contribution(of: feature, label: $0, lengthClass: length) }
      add(.feature(block: feature.block.name, name: names.name(of: feature)), nats)
    }
    // What the limit took from the runner-up's evidence, or gave to it: 0 on all but long lines.
    let unlimited = difference(label, rival) { Self.logLikelihood(lines[line], label: $0, model) }
    let limited = difference(label, rival) { messages.evidence[line][$0] }
    if abs(limited - unlimited) > 1e-6 { add(.limit, limited - unlimited) }
    if !linesAlone {
      add(.before, difference(label, rival) { messages.before[line][$0] } - prior)
      add(.after, difference(label, rival) { messages.after[line][$0] })
    }
    // These know the temperature already.
    let otherKinds = (own - logs[label]) - (other - logs[rival])
    parts.append(LineExplanation.Part(source: .otherKinds, nats: otherKinds))
    return LineExplanation(
      label: model.labels.labels[label], runnerUp: model.labels.labels[rival], probability: Reproducible.exp(own),
      runnerUpProbability: Reproducible.exp(other), parts: parts)
  }

  private func difference(_ label: Int, _ rival: Int, _ value: (Int) -> Double) -> Double {
    value(label) - value(rival)
  }

  /// The log posterior of the label's category; of the label, if the rival is of the same.
  private func kinds(_ label: Int, _ rival: Int, _ logs: [Double]) -> Double {
    let categories = model.labels.categoryOfLabel
    guard categories[label] != categories[rival] else { return logs[label] }
    let members = categories.indices.filter { categories[$0] == categories[label] }
    let largest = members.reduce(-Double.infinity) { max($0, logs[$1]) }
    return largest + Reproducible.log(members.reduce(0) { $0 + Reproducible.exp(logs[$1] - largest) })
  }
}
