/// Tells, for every line of a web article's plain text, whether it is the article or what publishers hang around it.
///
/// ```swift
/// import Chaff
///
/// for line in LineClassifier.standard.classify(lines: text.split(separator: "\n").map(String.init)) {
///   print(line.prediction?.category ?? "", line.text)
/// }
/// ```
///
/// A classifier is a value that never changes; any number of threads may use one at once.
public struct LineClassifier: Sendable {
  package let model: Model

  /// The embedded model, trained from this project's `TrainingData`.
  public static let standard = LineClassifier(embedded: ())

  private init(embedded: Void) {
    do {
      model = try ModelReader.read(ModelBytes(standard: ()), isTrusted: true)
    } catch {
      // The bytes are part of the program and a test reads them: only a broken build comes here.
      preconditionFailure("the embedded model cannot be read: \(error)")
    }
  }

  /// Opens a model from the bytes of its file.
  /// - Throws: ``ModelError`` for the first rule of the format that is broken. Nothing fails later.
  /// - Complexity: O(bytes).
  public init(modelBytes: some Collection<UInt8>) throws(ModelError) {
    model = try ModelReader.read(ModelBytes(copying: modelBytes), isTrusted: false)
  }

  package init(model: Model) { self.model = model }

  /// The labels that the model tells apart, ascending.
  public var labels: [Label] { model.labels.labels }

  /// The probability from which ``clean(_:keeping:threshold:)`` keeps a line; fitted in training so that at most half
  /// a percent of article words are lost on held-out pages like those that extractors return (0.5 if there were none).
  public var cleanThreshold: Double { model.parameters.cleanThreshold }

  /// Labels the lines of one page.
  ///
  /// - Parameters:
  ///   - lines: the page's lines in order; a line feed inside one counts as a space.
  ///   - linesAlone: judge each line by itself instead of as part of the page.
  /// - Returns: one labelled line for each line.
  /// - Complexity: O(bytes).
  public func classify(lines: some Sequence<String>, linesAlone: Bool = false) -> [LabelledLine] {
    var texts: [String] = []
    var decoder = PageDecoder(model: model, linesAlone: linesAlone)
    for var line in lines {
      texts.append(line)
      line.withUTF8 { decoder.add($0) }
    }
    decoder.endPage()
    return zip(texts, predictions(decoder.decided)).map { LabelledLine(text: $0, prediction: $1) }
  }

  /// Labels the lines of one page that is given as UTF-8.
  ///
  /// - Parameters:
  ///   - bytes: the page; lines end with LF or CRLF. Any bytes will do: what is not UTF-8 counts as punctuation.
  ///   - linesAlone: judge each line by itself instead of as part of the page.
  /// - Returns: for each line its range in `bytes`, without its line end, and what it is (nil if blank).
  /// - Complexity: O(bytes).
  public func classify(
    utf8 bytes: [UInt8], linesAlone: Bool = false
  ) -> [(range: Range<Int>, prediction: LinePrediction?)] {
    var ranges: [Range<Int>] = []
    var decoder = PageDecoder(model: model, linesAlone: linesAlone)
    bytes.withUnsafeBufferPointer { buffer in
      LineSplitter.forEachLine(buffer) { range in
        ranges.append(range)
      }
      decoder.add(text: buffer)
    }
    decoder.endPage()
    return Array(zip(ranges, predictions(decoder.decided))).map { (range: $0, prediction: $1) }
  }

  /// The most probable sequence of labels for one page, by Viterbi's algorithm, instead of each line's most probable
  /// label: never a step that the chain holds for impossible, at the price of a line now and then.
  ///
  /// - Parameter lines: the page's lines in order.
  /// - Returns: a label for each line; nil for a blank one.
  /// - Complexity: O(bytes + lines × labels²) time, O(lines × labels) memory.
  public func mostProbableSequence(lines: some Sequence<String>) -> [Label?] {
    let scorer = LineScorer(model: model)
    var evidence = LineEvidence(groups: model.labelGroups)
    var isBlank: [Bool] = []
    let text = LineText()
    for var line in lines {
      line.withUTF8 { text.append($0) }
      if text.isFull {
        scorer.score(text, to: &evidence, isBlank: &isBlank)
        text.removeAll()
      }
    }
    scorer.score(text, to: &evidence, isBlank: &isBlank)
    var path = Viterbi.decode(evidence, chain: model.chain)[...]
    return isBlank.map { $0 ? nil : path.popFirst().map { model.labels.labels[$0] } }
  }

  /// The article of a page: the lines that are kept, as they were, each followed by a line feed.
  ///
  /// Blank lines stay; a run of them that dropped lines leave behind shrinks to one.
  /// - Parameters:
  ///   - text: the page.
  ///   - keeping: the categories or labels to keep.
  ///   - threshold: keep a line from this probability on; ``cleanThreshold`` if nil.
  /// - Throws: ``CleaningError`` if there is no such label, or the threshold is no probability: both would lose the
  ///   page without a word.
  /// - Complexity: O(bytes).
  public func clean(
    _ text: String, keeping: [String] = ["content"], threshold: Double? = nil
  ) throws(CleaningError) -> String {
    for name in keeping where !model.labels.members(of: [name]).contains(true) { throw .unknownLabel(name) }
    if let threshold, !(0...1).contains(threshold) { throw .thresholdOutOfRange(threshold) }
    var filter = LineFilter(isKept: model.labels.members(of: keeping), threshold: Float(threshold ?? cleanThreshold))
    var kept: [UInt8] = []
    let bytes = Array(text.utf8)
    for (range, prediction) in classify(utf8: bytes) {
      let probability = prediction.map { filter.probability($0.posteriors) }
      let verdict = filter.verdict(probability)
      if verdict.needsBlank { kept.append(0x0a) }
      if verdict.isKept {
        kept.append(contentsOf: bytes[range])
        kept.append(0x0a)
      }
    }
    return String(decoding: kept, as: UTF8.self)
  }

  private func predictions(_ batch: PageDecoder.Batch) -> [LinePrediction?] {
    let groups = model.labelGroups
    return batch.posteriors.withUnsafeBufferPointer { posteriors in
      batch.rows.map { row in
        guard row >= 0, let base = posteriors.baseAddress else { return nil }
        return prediction(base + row * groups)
      }
    }
  }

  /// Reads the prediction off a line's posteriors.
  package func prediction(_ posteriors: UnsafePointer<SIMD16<Float>>) -> LinePrediction {
    let decision = Decision(posteriors, labels: model.labels)
    return LinePrediction(
      label: model.labels.labels[decision.label], category: model.labels.categories[decision.category],
      probability: Double(decision.probability),
      posteriors: (0..<model.labels.count).map { Double(posteriors[$0 / 16][$0 % 16]) })
  }
}
