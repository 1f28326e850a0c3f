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
    options: [
      .init("features", value: "N", help: "How many features to show of each label. (default: \(strongest))"),
      TextStyle.option,
    ])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandError) {
    let count = try arguments.integer("features", in: 0...100_000) ?? strongest
    let style = try TextStyle(arguments, context)
    let path = arguments.arguments.first ?? ModelFile.standard
    let model = try ModelFile.open(path).model
    let vocabulary: Vocabulary
    do throws(ModelError) { vocabulary = try model.vocabulary() } catch {
      throw CommandError(.badData, "\(path): \(error)")
    }
    try context.print(summary(path, model, vocabulary) + "\n")
    try context.print(labels(model, vocabulary, style) + "\n")
    try context.print(parameters(model, style) + "\n")
    try context.print(features(model, vocabulary, count, style, isTerminal: context.terminalWidth != nil))
  }

  private static func summary(_ path: String, _ model: Model, _ vocabulary: Vocabulary) -> String {
    let hex = String(model.checksum, radix: 16)
    let size = DecimalText.size(model.bytes.bytes.count)
    let record = model.ownRows.map { "record      \(DecimalText.size($0.count)), to forget rows by\n" } ?? ""
    return """
      model       \(TextStyle.safe(path.utf8))
      size        \(size)
      \(record)checksum    \(String(repeating: "0", count: 16 - hex.count))\(hex)
      versions    format \(ModelFormat.version), normalisation \(Normalization.version)
      rows        \(DecimalText.grouped(vocabulary.lines.reduce(0, +)))
      features    \(DecimalText.grouped(vocabulary.features.count))

      """
  }

  private static func labels(_ model: Model, _ vocabulary: Vocabulary, _ style: TextStyle) -> String {
    let palette = Palette(categories: model.labels.categories)
    var table = TextTable(
      [["label", "rows", "on whole pages", "bias, nats"], ["label", "rows", "bias"]], style: style)
    let lines = model.chainCounts.lines
    for (index, label) in model.labels.labels.enumerated() {
      let whole = stride(from: index, to: lines.count, by: model.labels.count).reduce(UInt64(0)) { $0 + lines[$1] }
      let rows = DecimalText.grouped(vocabulary.lines[index])
      let bias = DecimalText.fixed(model.parameters.bias[index], decimals: 3)
      table.add(
        [[label.path, rows, DecimalText.grouped(Int(whole)), bias], [label.path, rows, bias]],
        code: palette[model.labels.categoryOfLabel[index]].terminal)
    }
    return table.text
  }

  private static func parameters(_ model: Model, _ style: TextStyle) -> String {
    let parameters = model.parameters
    let titles = ["block", "smoothing", "min pages"]
    var blocks = TextTable([titles], style: style)
    let names = FeatureBlock.allCases.map(\.name)
    var weights = TextTable(
      [["weight by words in the line, mean of the labels"] + names, ["weights by words"] + names, ["weights"] + names],
      style: style)
    for block in FeatureBlock.allCases {
      let smoothing = DecimalText.fixed(parameters.smoothing[block.rawValue], decimals: 0)
      blocks.add([[block.name, smoothing, String(parameters.minimumPages[block.rawValue])]])
    }
    for length in 0..<LengthClass.count {
      let means = FeatureBlock.allCases.map { block in
        let weights = model.labels.labels.indices.map { parameters.weight(block, length: length, label: $0) }
        return DecimalText.fixed(weights.reduce(0, +) / Double(weights.count), decimals: 3)
      }
      weights.add(Array(repeating: [LengthClass.name(length)] + means, count: 3))
    }
    let chain = parameters.chainSmoothing.map { DecimalText.fixed($0, decimals: 1) }.joined(separator: ", ")
    return """
      \(blocks.text)
      \(weights.text)
      article's text   \(parameters.articleText.map { model.labels.labels[$0].path } ?? "not told from its surroundings")
      chain smoothing  \(chain)
      temperature      \(DecimalText.fixed(parameters.temperature.value, decimals: 3))
      clean threshold  \(DecimalText.fixed(parameters.cleanThreshold, decimals: 3))

      """
  }

  /// The features that speak most for each label: their weight of evidence times the root of their count, so that
  /// neither rare nor common ones fill the list. A label's stand in one line, unless it is a terminal's.
  private static func features(
    _ model: Model, _ vocabulary: Vocabulary, _ count: Int, _ style: TextStyle, isTerminal: Bool
  ) -> String {
    guard count > 0 else { return "" }
    let palette = Palette(categories: model.labels.categories)
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
      let names = best.prefix(count).map { shown($0.1) }
      let words = names.dropLast().map { $0 + "," } + names.suffix(1)
      let name = style.paint(label.path, palette[model.labels.categoryOfLabel[index]].terminal)
      guard isTerminal else {
        text += "\(name): " + words.joined(separator: " ") + "\n"
        continue
      }
      let indent = 4
      let lines = style.wrapped(words, gap: " ", indent: indent)
      text += name + "\n" + lines.map { String(repeating: " ", count: indent) + style.dim($0) + "\n" }.joined()
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
