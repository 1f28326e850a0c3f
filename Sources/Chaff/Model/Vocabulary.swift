/// The features of a model by name, with how often each was seen with each label.
///
/// It is read to check a model and where names are wanted (`inspect`), never to classify.
package struct Vocabulary: Sendable, Equatable {
  /// Names of more bytes are left out of a model, so that shared beginnings cannot blow a small file up.
  package static let longestName = 255

  /// A feature.
  package struct Feature: Sendable, Equatable {
    package var block: FeatureBlock
    /// The folded word, or two words with a space between.
    package var name: [UInt8]
    /// How many lines of each label hold the feature, a line of a whole page counted four times: label numbers
    /// ascending, counts above 0.
    package var counts: [(label: Int, count: Int)]
    /// On how many pages it stands.
    package var pages: Int
    /// What its log-likelihoods are multiplied by.
    package var gain: FeatureGain

    package init(
      block: FeatureBlock, name: [UInt8], counts: [(label: Int, count: Int)], pages: Int, gain: FeatureGain = .none
    ) {
      self.block = block
      self.name = name
      self.counts = counts
      self.pages = pages
      self.gain = gain
    }

    package static func == (left: Feature, right: Feature) -> Bool {
      left.block == right.block && left.name == right.name && left.pages == right.pages && left.gain == right.gain
        && left.counts.elementsEqual(right.counts, by: ==)
    }
  }

  /// Ascending by block, then by the bytes of the name.
  package var features: [Feature]
  /// How many feature occurrences each block has with each label, pruned features included and lines counted like
  /// those of a ``Feature``: `blocks × labels`.
  package var totals: [Int]
  /// How many lines each label has, parts included, each once.
  package var lines: [Int]

  package init(features: [Feature], totals: [Int], lines: [Int]) {
    self.features = features
    self.totals = totals
    self.lines = lines
  }
}

extension FeatureHash {
  /// The hash of a feature by its name.
  package static func named(_ name: [UInt8], in block: FeatureBlock) -> UInt64 {
    switch block {
    case .words: return word(name[...])
    case .bigrams:
      guard let gap = name.firstIndex(of: 0x20) else { return 0 }
      return bigram(word(name[..<gap]), word(name[(gap + 1)...]))
    case .patterns:
      let tokens = name.split(separator: 0x20)
      guard tokens.count == 3 else { return 0 }
      return pattern(token(tokens[0]), token(tokens[1]), token(tokens[2]))
    }
  }

  /// The names of a pattern's marks at the ends of the line, and of its tokens that do not stand for themselves. None
  /// can be taken for a short word or a mark of the line's own: those have letters alone, or are one scalar.
  package static let patternStartName: [UInt8] = Array("<s>".utf8)
  package static let patternEndName: [UInt8] = Array("</s>".utf8)
  package static let smallName: [UInt8] = Array("*a".utf8)
  package static let capitalisedName: [UInt8] = Array("*A".utf8)
  package static let capitalsName: [UInt8] = Array("*AA".utf8)
  package static let mixedName: [UInt8] = Array("*aA".utf8)
  package static let invalidName: [UInt8] = Array("\u{fffd}".utf8)

  /// The names of the line marks.
  package static let lineStartName: [UInt8] = Array("^".utf8)
  package static let lineEndName: [UInt8] = Array("$".utf8)

  private static func word(_ name: ArraySlice<UInt8>) -> UInt64 {
    if name.elementsEqual(lineStartName) || name.elementsEqual(lineEndName) { return lineMark }
    guard name.first == 0x23 else { return WordHasher.hash(of: name) }
    return name.elementsEqual(yearName) ? year : number(digits: name.count)
  }

  /// The name of a number of four digits that is a year.
  package static let yearName: [UInt8] = Array("#year".utf8)
  package static let year = mix(0x5945_4152)

  /// The hash of a number by how many digits it has; its name is as many number signs, five at most.
  package static func number(digits: Int) -> UInt64 { mix(0x2300 &+ UInt64(min(digits, 5))) }

  /// The hashes of numbers of one to five digits, and of a year: all that there are.
  static let numbers = (1...5).map { number(digits: $0) } + [year]
}
