import Chaff
import ChaffTraining

/// The options of the verbs that train: how a model is made of counted pages.
enum TrainingChoices {
  private static let defaults = TrainingOptions()

  static let options: [CommandSpecification.Option] = [
    .init(
      "smoothing", value: "MU",
      help:
        "Pseudo-counts of the background in words, bigrams and patterns. (default: \(Int(defaults.smoothing[0])))"),
    .init(
      "minimum-pages", value: "N",
      help: "On how many pages a word, bigram or pattern must stand. (default: \(defaults.minimumPages[0]))"),
    .init("feature-limit", value: "N", help: "The most features to keep. (default: \(defaults.featureLimit))"),
    .init("folds", value: "N", help: "Folds that the weights are fitted on. (default: \(defaults.folds))"),
    .init("iterations", value: "N", help: "Steps of that fit, at least. (default: \(defaults.iterations))"),
    .init(
      "without", value: "PART",
      help:
        "Leave a part out, to see what it brings: words, bigrams, patterns, forms, phases, lengths or labels (weights for each length or label), gains (of features), or temperature; may be given again.",
      isRepeatable: true),
  ]

  static func read(_ arguments: ParsedArguments) throws(CommandError) -> TrainingOptions {
    var options = defaults
    if let value = try arguments.number("smoothing", in: 0.001...1e6) {
      for block in 0..<FeatureBlock.count { options.smoothing[block] = value }
    }
    if let value = try arguments.integer("minimum-pages", in: 1...1_000_000) {
      for block in 0..<FeatureBlock.count { options.minimumPages[block] = value }
    }
    if let value = try arguments.integer("feature-limit", in: 1...10_000_000) { options.featureLimit = value }
    if let value = try arguments.integer("folds", in: 2...100) { options.folds = value }
    if let value = try arguments.integer("iterations", in: 0...10_000) { options.iterations = value }
    let parts = ["words", "bigrams", "patterns", "forms", "phases", "lengths", "labels", "gains", "temperature"]
    for part in arguments.all("without") {
      guard parts.contains(part) else {
        throw .usage("--without is one of \(parts.joined(separator: ", ")), not '\(part)'")
      }
      switch part {
      case "forms": options.usesForms = false
      case "phases": options.usesPhases = false
      case "lengths": options.isLengthAware = false
      case "labels": options.isLabelAware = false
      case "gains": options.usesGains = false
      case "temperature": options.usesTemperature = false
      default: options.without.insert(part)
      }
    }
    return options
  }
}
