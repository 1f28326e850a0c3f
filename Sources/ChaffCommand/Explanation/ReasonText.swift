import Chaff

/// Parts of an explanation in words and as JSON.
enum ReasonText {
  /// What a part is, in a few words: `word "subscribe"`, `pair "log in"`, `lines before`.
  static func name(_ source: LineExplanation.Part.Source) -> String {
    switch source {
    case .prior: "shares of labels"
    case .bias: "bias"
    case .feature(let block, let name):
      switch block {
      case FeatureBlock.words.name: "word “\(name)”"
      case FeatureBlock.bigrams.name: "pair “\(name)”"
      case FeatureBlock.patterns.name: "pattern “\(name)”"
      default: "\(block) “\(name)”"
      }
    case .limit: "limit of 80 nats"
    case .before: "lines before"
    case .after: "lines after"
    case .otherKinds: "other kinds"
    }
  }

  /// The part and what it adds: `word "subscribe" +1.32`.
  static func short(_ part: LineExplanation.Part) -> String {
    TextStyle.safe(name(part.source).utf8) + " " + signed(part.nats)
  }

  /// A number of nats with its sign: "+1.32", "−0.40".
  static func signed(_ nats: Double) -> String {
    (nats < 0 ? "−" : "+") + DecimalText.fixed(abs(nats), decimals: 2)
  }

  /// The key of a part in JSON; for a feature that of its block.
  static func key(_ source: LineExplanation.Part.Source) -> String {
    switch source {
    case .prior: "prior"
    case .bias: "bias"
    case .feature(let block, _): block
    case .limit: "limit"
    case .before: "before"
    case .after: "after"
    case .otherKinds: "other_kinds"
    }
  }

  /// `{"source", "name", "nats"}`; the name is null where the source says all.
  static func json(_ part: LineExplanation.Part) -> JSONValue {
    var name = JSONValue.null
    if case .feature(_, let text) = part.source { name = .text(text) }
    return .object([("source", .text(key(part.source))), ("name", name), ("nats", .number(part.nats))])
  }
}
