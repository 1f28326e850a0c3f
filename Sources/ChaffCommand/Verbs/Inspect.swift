import Chaff

/// `chaff inspect`: what a model holds.
enum Inspect: Verb {
  private static let strongest = 8

  static let specification = CommandSpecification(
    verb: "inspect",
    overview: "Show a model's labels, counts, parameters, size, checksum and strongest features.",
    argumentUsage: "[MODEL]",
    argumentHelp: [("MODEL", "The model file. (default: the embedded model, \"standard\")")],
    argumentCount: 0...1,
    options: [.init("features", value: "N", help: "How many features to show of each label. (default: \(strongest))")])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandError) {
    let count = try arguments.integer("features", in: 0...100_000) ?? strongest
    let path = arguments.arguments.first ?? ModelFile.standard
    let model = try ModelFile.open(path).model
    let vocabulary: Vocabulary
    do throws(ModelError) { vocabulary = try model.vocabulary() } catch {
      throw CommandError(.badData, "\(path): \(error)")
    }
    try context.print(summary(path, model, vocabulary))
    try context.print(parameters(model))
    try context.print(features(model, vocabulary, count))
  }

  private static func summary(_ path: String, _ model: Model, _ vocabulary: Vocabulary) -> String {
    let hex = String(model.checksum, radix: 16)
    var text = """
      model       \(path)
      size        \(DecimalText.size(model.bytes.bytes.count))
      checksum    \(String(repeating: "0", count: 16 - hex.count))\(hex)
      versions    format \(ModelFormat.version), normalisation \(Normalization.version)
      rows        \(DecimalText.grouped(vocabulary.lines.reduce(0, +)))
      features    \(DecimalText.grouped(vocabulary.features.count))

      label                       rows   on whole pages

      """
    for (index, label) in model.labels.labels.enumerated() {
      let whole = (0..<LineForm.count).reduce(UInt64(0)) {
        $0 + model.chainCounts.lines[$1 * model.labels.count + index]
      }
      text += Columns.left(label.path, 24) + Columns.right(DecimalText.grouped(vocabulary.lines[index]), 8)
      text += Columns.right(DecimalText.grouped(Int(whole)), 17) + "\n"
    }
    return text + "\n"
  }

  private static func parameters(_ model: Model) -> String {
    let parameters = model.parameters
    var text =
      "block       smoothing  min pages   weight by words in the line, mean of the labels\n" + Columns.left("", 34)
    for length in 0..<LengthClass.count { text += Columns.right(LengthClass.name(length), 7) }
    text += "\n"
    for block in FeatureBlock.allCases {
      text += Columns.left(block.name, 10)
      text += Columns.right(DecimalText.fixed(parameters.smoothing[block.rawValue], decimals: 0), 11)
      text += Columns.right(String(parameters.minimumPages[block.rawValue]), 11) + "  "
      for length in 0..<LengthClass.count {
        let weights = model.labels.labels.indices.map { parameters.weight(block, length: length, label: $0) }
        let mean = weights.reduce(0, +) / Double(weights.count)
        text += Columns.right(DecimalText.fixed(mean, decimals: 3), 7)
      }
      text += "\n"
    }
    text += "\nbias, nats\n"
    for (index, label) in model.labels.labels.enumerated() {
      text += Columns.left(label.path, 24)
      text += Columns.right(DecimalText.fixed(parameters.bias[index], decimals: 3), 8) + "\n"
    }
    return text + """

      chain smoothing  \(parameters.chainSmoothing.map { DecimalText.fixed($0, decimals: 1) }.joined(separator: ", "))
      temperature      \(DecimalText.fixed(parameters.temperature.value, decimals: 3))
      clean threshold  \(DecimalText.fixed(parameters.cleanThreshold, decimals: 3))

      """
  }

  /// The features that speak most for each label: their weight of evidence times the root of their count, so that
  /// neither rare nor common ones fill the list.
  private static func features(_ model: Model, _ vocabulary: Vocabulary, _ count: Int) -> String {
    guard count > 0 else { return "" }
    var text = ""
    for (index, label) in model.labels.labels.enumerated() {
      let ranked = vocabulary.features.compactMap { feature -> (Double, Vocabulary.Feature)? in
        guard let seen = feature.counts.first(where: { $0.label == index })?.count else { return nil }
        let rank = model.table.rank(of: FeatureHash.named(feature.name, in: feature.block))
        guard rank >= 0 else { return nil }
        let value =
          Double(model.table.value(rank, label: index)) * model.parameters.scales[feature.block.rawValue]
        return (value * Double(seen).squareRoot(), feature)
      }
      let best = ranked.sorted { $0.0 != $1.0 ? $0.0 > $1.0 : $0.1.name.lexicographicallyPrecedes($1.1.name) }
      text += "\(label.path): " + best.prefix(count).map { shown($0.1) }.joined(separator: ", ") + "\n"
    }
    return text
  }

  private static func shown(_ feature: Vocabulary.Feature) -> String {
    var name: [UInt8] = []
    SafeText.append(feature.name, to: &name)
    let text = String(decoding: name, as: UTF8.self)
    return "\"\(text)\""
  }
}
