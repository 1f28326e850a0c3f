/// A token of a line's pattern whose name is the same on every line.
enum PatternToken: Int, CaseIterable {
  case start, end, small, capitalised, capitals, mixed, year, one, two, three, four, five, invalid

  var name: [UInt8] {
    switch self {
    case .start: FeatureHash.patternStartName
    case .end: FeatureHash.patternEndName
    case .small: FeatureHash.smallName
    case .capitalised: FeatureHash.capitalisedName
    case .capitals: FeatureHash.capitalsName
    case .mixed: FeatureHash.mixedName
    case .year: FeatureHash.yearName
    case .one, .two, .three, .four, .five: [UInt8](repeating: 0x23, count: rawValue - Self.one.rawValue + 1)
    case .invalid: FeatureHash.invalidName
    }
  }

  /// A number that is no year, by how many digits it has, at least one: five and more are one.
  static func number(digits: Int) -> PatternToken { PatternToken(rawValue: one.rawValue + min(digits, 5) - 1) ?? .five }

  /// The hashes of the names, in order: worked out once, since most tokens are of these.
  static let hashes = allCases.map { FeatureHash.token($0.name) }

  /// The tokens of a word that stands for its case, by whether no letter is a capital (1), all are (2), only the first (4);
  /// or the first is not, but others are (3).
  static let looks: [PatternToken] = [.mixed, .small, .capitals, .mixed, .capitalised, .small, .capitals, .small]
  /// Those of numbers, in the order of ``FeatureHash/numbers``.
  static let numbers: [PatternToken] = [.one, .two, .three, .four, .five, .year]

  var hash: UInt64 { Self.hashes[rawValue] }
}
