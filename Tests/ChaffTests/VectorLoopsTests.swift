import CLanes
import ChaffTraining
import Testing

@testable import Chaff

/// The loops that are compiled for several processors give the same bits on all of them: those of the plain formula.
///
/// Other tests may run meanwhile with the vectors that are tried here; it makes no difference to them.
struct VectorLoopsTests {
  private static let bits: [Int32] = [128, 256, 512]

  @Test(arguments: bits)
  func `Likelihoods are those of the formula`(_ bits: Int32) {
    chaff_limit_vectors(bits)
    defer { chaff_limit_vectors(512) }
    var generator = SplitMix64(seed: 900)
    func vector(_ range: ClosedRange<Float>) -> SIMD16<Float> {
      SIMD16((0..<16).map { _ in Float.random(in: range, using: &generator) })
    }
    let coefficients = (0..<LengthClass.count * FeatureBlock.count).map { _ in vector(0...0.1) }
    let bias = vector(-3...3)
    let mask = SIMD16<Float>((0..<16).map { $0 < 13 ? 1 : 0 })
    func lanes(_ count: Int, _ reach: Int16) -> [SIMD16<Int16>] {
      (0..<count).map { _ in SIMD16((0..<16).map { _ in Int16.random(in: -reach...reach, using: &generator) }) }
    }
    for reach in [5, 300, 16_000] as [Int16] {
      // Words, bigrams, triples, whose sums run on.
      let sums = (0..<3).map { _ in lanes(42, reach) }
      let lists = (0..<3).map { _ in (0..<40).map { _ in UInt32.random(in: 0...40, using: &generator) } }
      let rows = (0..<40).map { $0 % 9 == 4 ? UInt32.max : UInt32($0 % LengthClass.count * FeatureBlock.count) }
      let found = pooled(sums, lists, rows, [coefficients.map(RowSums.ordered), [RowSums.ordered(bias)], [mask]])
      for line in 0..<40 {
        guard rows[line] != .max else {
          #expect(found[line] == SIMD16(repeating: 7))
          continue
        }
        func own(_ block: Int) -> SIMD16<Float> {
          let list = Int(lists[block][line])
          let sum = sums[block][list + 1] &- sums[block][list]
          return SIMD16((0..<16).map { Float(sum[RowSums.position(ofLane: $0)]) })
        }
        var score = bias
        // The order of the sum is that of blocks.
        for block in 0..<3 { score += own(block) * coefficients[Int(rows[line]) + block] }
        #expect(found[line] == Reproducible.exp(score - score.roughlyLargest) * mask)
      }
    }
  }

  @Test(arguments: bits)
  func `Forms and length classes are those of one line`(_ bits: Int32) {
    chaff_limit_vectors(bits)
    defer { chaff_limit_vectors(512) }
    let lines = LineColumns(lines: 160)
    defer { lines.deallocate() }
    for line in 0..<160 {
      var look = LineLook()
      look.wordCount = line == 159 ? 250 : line / 2
      look.endsSentence = line % 2 == 1
      look.isBlank = line < 2
      lines.put(look, firstWord: 0, line)
      // What else is known of a line makes no difference.
      if line % 3 == 0 { lines.columns.traits[line] |= UInt8(CHAFF_HAS_JOINED | CHAFF_IS_REGULAR) }
    }
    var columns = lines.columns
    for (mask, long) in [(-1, 250), (0, 251), (-1, 0)] as [(Int32, Int32)] {
      var classes = chaff_line_classes(
        lengths: LengthClass.ranges, class_size: 4, form_mask: mask, blank: 255, long_line: long)
      var forms = [UInt8](repeating: 0, count: 160)
      var rows = [UInt32](repeating: 0, count: 160)
      var hasLong: UInt8 = 0
      chaff_read_forms(&columns, 160, &classes, &forms, &rows, &hasLong)
      #expect((hasLong != 0) == (long != 251))
      for line in 0..<160 {
        let look = lines.look(line)
        #expect(Int(forms[line]) == (line < 2 ? 255 : mask == 0 ? 0 : LineForm.of(look)))
        #expect(rows[line] == (look.wordCount >= long ? .max : UInt32(4 * LengthClass.of(words: look.wordCount))))
      }
    }
  }

  @Test(arguments: bits)
  func `Logarithms are those of one number`(_ bits: Int32) {
    chaff_limit_vectors(bits)
    defer { chaff_limit_vectors(512) }
    var generator = SplitMix64(seed: 903)
    let numbers: [Double] =
      [1, 2, 0.5, 1.4142135623730951, 1.4142135623730954, .leastNormalMagnitude, .greatestFiniteMagnitude, 1e-9]
      + (0..<800).map { _ in
        Double(sign: .plus, exponent: Int.random(in: -300...300, using: &generator), significand: 1)
          * Double.random(in: 1..<2, using: &generator)
      }
    var found = numbers
    chaff_logarithms(&found, found.count)
    #expect(found == numbers.map { Reproducible.log($0) })
  }

  /// What is pooled of forty lines.
  private func pooled(
    _ sums: [[SIMD16<Int16>]], _ lists: [[UInt32]], _ rows: [UInt32], _ numbers: [[SIMD16<Float>]]
  ) -> [SIMD16<Float>] {
    let lanes = sums.map { $0.flatMap { vector in (0..<16).map { vector[$0] } } }
    let floats = numbers.map { $0.flatMap { vector in (0..<16).map { vector[$0] } } }
    var found = [Float](repeating: 7, count: 40 * 16)
    lanes[0].withUnsafeBufferPointer { words in
      lanes[1].withUnsafeBufferPointer { bigrams in
        lanes[2].withUnsafeBufferPointer { triples in
          lists[0].withUnsafeBufferPointer { first in
            lists[1].withUnsafeBufferPointer { second in
              lists[2].withUnsafeBufferPointer { third in
                var all = chaff_sums(
                  words: words.baseAddress, bigrams: bigrams.baseAddress, triples: triples.baseAddress,
                  word_lists: first.baseAddress, bigram_lists: second.baseAddress, triple_lists: third.baseAddress)
                chaff_pool(&all, rows, 40, floats[0], floats[1], floats[2], &found)
              }
            }
          }
        }
      }
    }
    return (0..<40).map { line in SIMD16(found[16 * line..<16 * line + 16]) }
  }

  @Test(arguments: bits)
  func `Bits are listed in order, whatever their number`(_ bits: Int32) {
    chaff_limit_vectors(bits)
    defer { chaff_limit_vectors(512) }
    var generator = SplitMix64(seed: 921)
    for density in 0...4 {
      let masks = (0..<20).map { block -> UInt64 in
        let mask = (0..<density).reduce(UInt64.max) { mask, _ in mask & generator.next() }
        return block % 5 == 3 ? 0 : block % 7 == 6 ? 1 << 63 : mask
      }
      let expected = (0..<20 * 64).filter { masks[$0 / 64] >> UInt64($0 % 64) & 1 == 1 }
      for blocks in [0, 1, 20] {
        var (list, count) = ([UInt32](repeating: 7, count: 20 * 64 + 15), 0)
        chaff_list_bits(masks, blocks, &list, &count)
        #expect(list[..<count].map { Int($0) } == expected.filter { $0 < 64 * blocks })
      }
    }
  }

  @Test(arguments: bits)
  func `Line feeds are listed in order, to the end of a block at most`(_ bits: Int32) {
    chaff_limit_vectors(bits)
    defer { chaff_limit_vectors(512) }
    var generator = SplitMix64(seed: 922)
    for share in [0, 1, 20, 64] {
      // Bytes behind the end are no part of the text.
      let bytes = (0..<700).map { _ in Int.random(in: 0..<64, using: &generator) < share ? 0x0a : UInt8(0x41) }
      for (start, end) in [(0, 0), (0, 1), (3, 66), (64, 128), (5, 636)] {
        let expected = (start..<end).filter { bytes[$0] == 0x0a }
        for most in [0, 1, 30, 700] {
          var (list, count) = ([UInt32](repeating: 7, count: most + 78), 0)
          chaff_list_feeds(bytes, start, end, most, &list, &count)
          #expect(list[..<count].map { Int($0) } == Array(expected.prefix(count)))
          #expect(count == expected.count || count >= most && count < most + 64)
        }
      }
    }
  }

  /// Hashes and looks by the plain formulas.
  @Test(arguments: bits)
  func `Words are hashed, whatever their length`(_ bits: Int32) {
    chaff_limit_vectors(bits)
    defer { chaff_limit_vectors(512) }
    var generator = SplitMix64(seed: 923)
    for count in [1, 7, 8, 9, 63, 64, 65, 200] {
      let words = (0..<count).map { _ in word(using: &generator) }
      let text = words.joined(separator: [0x0a]) + [UInt8](repeating: 0x0a, count: 16)
      var (starts, ends): ([UInt32], [UInt32]) = ([], [])
      for word in words {
        starts.append(ends.last.map { $0 + 1 } ?? 0)
        ends.append((starts.last ?? 0) + UInt32(word.count))
      }
      let hashed = Hashed(text, starts, ends)
      for (index, word) in words.enumerated() {
        let expected = Self.hash(of: word)
        #expect(hashed.words[index] == expected)
        guard word[0] > 0x40 else { continue }
        let capitals = word.filter { $0 < 0x60 }.count
        let isFirstOnly = capitals == 1 && word[0] < 0x60
        let look = (capitals == 0 ? 1 : 0) + (capitals == word.count ? 2 : 0) + (isFirstOnly ? 4 : 0)
        #expect(Int(hashed.looks[index]) == look, "\(String(decoding: word, as: UTF8.self))")
      }
      for index in 0..<count {
        #expect(hashed.bigrams[index] == FeatureHash.bigram(hashed.words[index], hashed.words[index + 1]))
      }
    }
  }

  /// The hash of a number, or of letters.
  private static func hash(of word: [UInt8]) -> UInt64 {
    guard word[0] < 0x40 else { return WordHasher.hash(of: word.map { $0 | 0x20 }) }
    let century = String(decoding: word.prefix(2), as: UTF8.self)
    let isYear = word.count == 4 && (century == "19" || century == "20")
    return isYear ? FeatureHash.year : FeatureHash.number(digits: word.count)
  }

  /// A number, or letters, capitals first.
  private func word(using generator: inout SplitMix64) -> [UInt8] {
    let count = Int.random(in: 1...Int.random(in: 1...40, using: &generator), using: &generator)
    if Int.random(in: 0..<4, using: &generator) == 0 {
      let digits = (0..<count).map { _ in UInt8.random(in: 0x30...0x39, using: &generator) }
      return Array((["", "19", "20"].randomElement(using: &generator) ?? "").utf8) + digits
    }
    let capitals = [0, 1, 2, count].randomElement(using: &generator) ?? 0
    return (0..<count).map { UInt8.random(in: 0x61...0x7a, using: &generator) & ($0 < capitals ? 0xdf : 0xff) }
  }

  /// What the loops make of words, a mark behind them.
  private struct Hashed {
    var words: [UInt64]
    var looks: [UInt8]
    var bigrams: [UInt64]

    init(_ text: [UInt8], _ starts: [UInt32], _ ends: [UInt32]) {
      let count = starts.count
      let blocks = (count + 63) / 64
      words = [UInt64](repeating: 0, count: count + 16)
      looks = [UInt8](repeating: 0, count: count + 16)
      bigrams = [UInt64](repeating: 0, count: count + 8)
      var (longs, numbers) = ([UInt64](repeating: 0, count: blocks), [UInt64](repeating: 0, count: blocks))
      var (list, listed) = ([UInt32](repeating: 0, count: count + 16), 0)
      let spare = [UInt32](repeating: 0, count: 8)
      let (starts, ends) = (starts + spare, ends + spare)
      words.withUnsafeMutableBufferPointer { words in
        looks.withUnsafeMutableBufferPointer { looks in
          longs.withUnsafeMutableBufferPointer { longs in
            numbers.withUnsafeMutableBufferPointer { numbers in
              var out = chaff_hashed(
                words: words.baseAddress, looks: looks.baseAddress, longs: longs.baseAddress,
                numbers: numbers.baseAddress)
              chaff_hash_words(text, starts, ends, count, &out)
              chaff_list_bits(longs.baseAddress, blocks, &list, &listed)
              chaff_hash_long_words(text, starts, ends, list, listed, &out)
            }
          }
        }
      }
      chaff_list_bits(numbers, blocks, &list, &listed)
      chaff_hash_numbers(text, starts, ends, list, listed, FeatureHash.numbers, &words)
      words[count] = FeatureHash.lineMark
      chaff_hash_bigrams(words, count, &bigrams)
    }
  }

  @Test(arguments: bits)
  func `Rows are summed by lists, each once a list`(_ bits: Int32) throws {
    chaff_limit_vectors(bits)
    defer { chaff_limit_vectors(512) }
    let model = LineClassifier.standard.model
    let known = try model.vocabulary().features.prefix(300).map { FeatureHash.named($0.name, in: $0.block) }
    var generator = SplitMix64(seed: 931)
    for count in [0, 1, 15, 16, 17, 63, 64, 65, 128, 129, 1000] {
      // Some that the table does not have, some that are no features, and lists of none.
      let hashes = (0..<count + FeatureSums.slack).map { _ in
        Bool.random(using: &generator) ? generator.next() : known[Int.random(in: 0..<300, using: &generator)]
      }
      let flags = (0..<count).map { _ in [0, 0, 0, 0, 0, 1, 2, 3].randomElement(using: &generator) ?? 0 } as [UInt8]
      let lists = flags.filter { $0 & 1 == 1 }.count
      var stamps = [UInt16](repeating: 0, count: model.table.rowCount + 1)
      var sums = [Int16](repeating: 3, count: 16 * (lists + 2))
      for start in [1, 65_535 - lists] {
        model.table.sumRows(
          of: hashes, flags: flags, count: count, stamps: &stamps, stamp: UInt16(start), to: &sums)
        var sum = [Int16](repeating: 3, count: 16)
        var (seen, list) = (Set<Int>(), 0)
        for index in 0..<count {
          let rank = model.table.rank(of: hashes[index])
          if rank >= 0 && flags[index] & 2 == 0 && seen.insert(rank).inserted {
            let row = model.table.row(rank, group: 0)
            for lane in 0..<16 { sum[lane] &+= Int16(row[lane]) }
          }
          guard flags[index] & 1 == 1 else { continue }
          list += 1
          seen = []
          #expect(Array(sums[16 * list..<16 * list + 16]) == sum, "\(count) features, list \(list)")
        }
        #expect(list == lists && sums[..<16].allSatisfy { $0 == 3 })
      }
    }
  }

  @Test(arguments: bits)
  func `Many decisions are those of each line`(_ bits: Int32) throws {
    chaff_limit_vectors(bits)
    defer { chaff_limit_vectors(512) }
    var generator = SplitMix64(seed: 941)
    let names = [["a"], ["a", "b"], ["a/x", "a/y", "b/x"], (0..<16).map { "c\($0 / 5)/k\($0)" }]
    let values: [Float] = [0, 0, 0.25, 0.5, 0.5, 0.75, 1, .nan, .infinity]
    for names in names {
      let labels = LabelSet(try names.map { try #require(Label($0)) })
      var decisions = Decisions(labels: labels)
      for count in [0, 1, 15, 16, 17, 100, 3] {
        let posteriors = (0..<count).map { line in
          SIMD16<Float>(
            (0..<16).map { _ in
              line % 2 == 0 ? .random(in: 0...0.2, using: &generator) : values.randomElement(using: &generator) ?? 0
            })
        }
        decisions.read(posteriors)
        for (line, posterior) in posteriors.enumerated() {
          let decision = withUnsafePointer(to: posterior) { Decision($0, labels: labels) }
          #expect(Int(decisions.labels[line]) == decision.label)
          #expect(decisions.probabilities[line] == decision.probability)
        }
      }
    }
  }

  @Test(arguments: bits)
  func `Ranks are found whatever the processor`(_ bits: Int32) throws {
    chaff_limit_vectors(bits)
    defer { chaff_limit_vectors(512) }
    let model = LineClassifier.standard.model
    let features = try model.vocabulary().features.prefix(3000)
    var hashes = features.map { FeatureHash.named($0.name, in: $0.block) }
    var generator = SplitMix64(seed: 930)
    for index in hashes.indices where index % 3 == 1 { hashes[index] = generator.next() }
    for count in [0, 1, 7, 8, 9, 63, 64, 65, hashes.count] {
      var found = [UInt32](repeating: 7, count: hashes.count)
      model.table.findRanks(of: hashes, count: count, to: &found)
      for index in hashes.indices {
        let rank = model.table.rank(of: hashes[index])
        let expected = index >= count ? 7 : rank < 0 ? UInt32(model.table.rowCount) : UInt32(rank)
        #expect(found[index] == expected)
      }
    }
    // One by one, with the plainest version.
    chaff_limit_vectors(128)
    let plain = hashes.map { model.table.rank(of: $0) }
    chaff_limit_vectors(bits)
    #expect(hashes.map { model.table.rank(of: $0) } == plain)
    #expect(plain.contains(-1) && Set(plain).count > 1900)
  }

  @Test(arguments: bits)
  func `Posteriors are raised to a power as the formula says`(_ bits: Int32) {
    chaff_limit_vectors(bits)
    defer { chaff_limit_vectors(512) }
    var generator = SplitMix64(seed: 940)
    let lines = (0..<50).map { line in
      SIMD16<Float>((0..<16).map { $0 < 13 && line > 0 ? Float.random(in: 0...1, using: &generator) : 0 })
    }
    for eighths in 1..<8 {
      var found = lines
      Temperature(eighths: eighths).apply(to: &found, groups: 1)
      for (line, found) in zip(lines, found) {
        var power = SIMD16<Float>(repeating: 0)
        for lane in 0..<16 { power[lane] = raised(line[lane], eighths) }
        #expect(found == power * (power.treeSum > 0 ? 1 / power.treeSum : 0))
      }
    }
  }

  /// By its eighth root, with the steps that ``Temperature`` takes.
  private func raised(_ number: Float, _ eighths: Int) -> Float {
    var root = Float(bitPattern: 0x4769_2230 - number.bitPattern >> 3)
    for _ in 0..<2 {
      let fourth = root * root * (root * root)
      let error = 1 - number * fourth * fourth
      root += root * (error * (0.125 + 0.0703125 * error))
    }
    let (square, missing) = (root * root, 8 - eighths)
    var power = number
    if missing & 1 != 0 { power *= root }
    if missing & 2 != 0 { power *= square }
    if missing & 4 != 0 { power *= square * square }
    return power
  }

  /// Forward and backward by the formulas, sums in the order that ``ForwardBackward`` gives.
  private func decoded(_ page: RandomChain, decided: Int) -> [SIMD16<Float>] {
    let (chain, lines) = (page.chain, page.evidence)
    func scale(_ vector: SIMD16<Float>) -> Float { 1 / max(vector.treeSum, 0x1p-120) }
    func product(_ vector: SIMD16<Float>, _ step: (Int) -> SIMD16<Float>) -> SIMD16<Float> {
      var sums = [SIMD16<Float>](repeating: SIMD16(repeating: 0), count: 2)
      for label in 0..<chain.labelCount { sums[label % 2].addProduct(step(label), SIMD16(repeating: vector[label])) }
      return sums[0] + sums[1]
    }
    func row(_ probability: (Int) -> Float) -> SIMD16<Float> {
      SIMD16((0..<16).map { $0 < chain.labelCount ? probability($0) : 0 })
    }
    func step(_ line: Int, _ from: Int, _ to: Int) -> Float {
      chain.probability(from: (from, Int(lines.forms[line - 1])), to: (to, Int(lines.forms[line])))
    }
    var alphas = [chain.initial[Int(lines.forms[0])] * lines.likelihoods[0]]
    for line in 1..<lines.count {
      let next = product(alphas[line - 1]) { from in row { step(line, from, $0) } }
      alphas.append(next * (lines.likelihoods[line] * scale(alphas[line - 1])))
    }
    var beta = chain.final[0]
    var posteriors = [SIMD16<Float>](repeating: SIMD16(repeating: 0), count: decided)
    for line in (0..<lines.count).reversed() {
      if line < decided {
        let posterior = alphas[line] * beta
        posteriors[line] = scale(posterior) < 0x1p120 ? posterior * scale(posterior) : chain.prior[0]
      }
      guard line > 0 else { break }
      let next = product(beta * lines.likelihoods[line]) { to in row { step(line, $0, to) } }
      beta = next * scale(beta)
    }
    return posteriors
  }

  /// What ``ForwardBackwardTests`` and ``PagePresenceTests`` compare with the formula is the same, bit by bit, by all
  /// versions.
  @Test(arguments: [(3, 0..<2, 1), (4, 1..<3, 1), (13, 0..<2, 1), (13, 0..<4, 0), (16, 0..<2, 1)])
  func `Posteriors and presence under phases are the same by all versions`(
    _ labels: Int, _ article: Range<Int>, _ text: Int
  ) throws {
    defer { chaff_limit_vectors(512) }
    var generator = SplitMix64(seed: UInt64(930 + labels))
    let page = try RandomChain(
      phasedLabels: labels, article: article, text: text, lines: 150, using: &generator)
    let categories = LabelSet(try (0..<labels).map { try #require(Label("c\($0 / 3 + 10)/k\($0 + 10)")) })
    let found = Self.bits.map { bits in
      chaff_limit_vectors(bits)
      var decoder = ForwardBackward(chain: page.chain)
      var posteriors: [SIMD16<Float>] = []
      decoder.decode(page.evidence, decided: 100, isEnd: false, posteriors: &posteriors)
      return posteriors
    }
    #expect(Set(found).count == 1)
    for labels in [categories] + (labels == 13 ? [LineClassifier.standard.model.labels] : []) {
      let presences = Self.bits.map { bits in
        chaff_limit_vectors(bits)
        return page.presence(of: labels)
      }
      #expect(Set(presences).count == 1)
    }
  }

  @Test(arguments: bits, [1, 2, 5, 12, 13, 16])
  func `Posteriors are those of the formula`(_ bits: Int32, _ labels: Int) {
    chaff_limit_vectors(bits)
    defer { chaff_limit_vectors(512) }
    var generator = SplitMix64(seed: UInt64(910 + labels))
    for lines in [2, 3, 40] {
      let page = RandomChain(labels: labels, lines: lines, using: &generator)
      for decided in [1, lines] {
        var decoder = ForwardBackward(chain: page.chain)
        var posteriors: [SIMD16<Float>] = []
        var carry = ForwardBackward.Carry()
        decoder.forward(page.evidence, count: lines, from: &carry)
        decoder.backward(page.evidence, decided: decided, isEnd: true, posteriors: &posteriors)
        #expect(posteriors == decoded(page, decided: decided))
      }
    }
  }
}
