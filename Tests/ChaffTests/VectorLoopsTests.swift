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
    let coefficients = (0..<28).map { _ in vector(0...0.1) }
    let bias = vector(-3...3)
    let mask = SIMD16<Float>((0..<16).map { $0 < 13 ? 1 : 0 })
    for reach in [5, 300, 32_000] as [Int16] {
      let sums = (0..<40 * 64).map { _ in Int16.random(in: -reach...reach, using: &generator) }
      let rows = (0..<40).map { $0 % 9 == 4 ? UInt32.max : UInt32($0 % 7 * 4) }
      var found = [SIMD16<Float>](repeating: SIMD16(repeating: 7), count: 40)
      found.withUnsafeMutableBytes { found in
        coefficients.withUnsafeBytes { coefficients in
          withUnsafeBytes(of: (bias, mask)) { both in
            chaff_pool(
              sums, rows, 40, coefficients.assumingMemoryBound(to: Float.self).baseAddress,
              both.assumingMemoryBound(to: Float.self).baseAddress,
              both.baseAddress.map { ($0 + 64).assumingMemoryBound(to: Float.self) },
              found.assumingMemoryBound(to: Float.self).baseAddress)
          }
        }
      }
      for line in 0..<40 {
        guard rows[line] != .max else {
          #expect(found[line] == SIMD16(repeating: 7))
          continue
        }
        var score = bias
        for block in [0, 1, 3, 2] {
          let own = sums.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 128 * line + 32 * block, as: RowSums.self) }
          score += own.numbers * coefficients[Int(rows[line]) + block]
        }
        #expect(found[line] == Reproducible.exp(score - score.roughlyLargest) * mask)
      }
    }
  }

  @Test(arguments: bits)
  func `Bits are counted up to the ends of lines, those included`(_ bits: Int32) {
    chaff_limit_vectors(bits)
    defer { chaff_limit_vectors(512) }
    var generator = SplitMix64(seed: 920)
    let blocks = (0..<9).map { _ in (0..<8).map { _ in generator.next() & generator.next() } }
    let feeds = [0, 1, 62, 63, 64, 65, 127, 128, 300, 575]
    let origin = 1000
    var before = [chaff_counted](repeating: chaff_counted(), count: 10)
    var ends = [chaff_counted](repeating: chaff_counted(), count: feeds.count)
    blocks.flatMap { $0 }.withUnsafeBytes { counted in
      chaff_count_bits(
        counted.assumingMemoryBound(to: chaff_counted.self).baseAddress, 9, &before,
        feeds.map { UInt32($0 + origin) }, feeds.count, origin, &ends)
    }
    func lanes(_ counted: [chaff_counted]) -> [[UInt64]] {
      counted.withUnsafeBytes { bytes in
        let all = Array(bytes.bindMemory(to: UInt64.self))
        return stride(from: 0, to: all.count, by: 8).map { Array(all[$0..<$0 + 8]) }
      }
    }
    func count(below bit: Int) -> [UInt64] {
      (0..<8).map { mask in UInt64((0..<bit).filter { blocks[$0 / 64][mask] >> UInt64($0 % 64) & 1 == 1 }.count) }
    }
    #expect(lanes(before) == (0...9).map { count(below: 64 * $0) })
    #expect(lanes(ends) == feeds.map { count(below: $0 + 1) })
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
        for lane in 0..<16 {
          let half = line[lane].squareRoot()
          let quarter = half.squareRoot()
          let roots = [(4, half), (2, quarter), (1, quarter.squareRoot())]
          power[lane] = roots.reduce(Float(1)) { eighths & $1.0 != 0 ? $0 * $1.1 : $0 }
        }
        #expect(found == power * (power.treeSum > 0 ? 1 / power.treeSum : 0))
      }
    }
  }

  /// Forward and backward by the formulas, sums in the order that ``ForwardBackward`` gives.
  private func decoded(_ page: RandomChain, decided: Int) -> [SIMD16<Float>] {
    let (chain, lines) = (page.chain, page.evidence)
    func scale(_ vector: SIMD16<Float>) -> Float { 1 / max(vector.treeSum, 0x1p-120) }
    func product(_ vector: SIMD16<Float>, _ step: (Int) -> SIMD16<Float>) -> SIMD16<Float> {
      var sums = [SIMD16<Float>](repeating: SIMD16(repeating: 0), count: 2)
      for label in 0..<chain.labelCount { sums[label % 2] += step(label) * vector[label] }
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

  /// What ``ForwardBackwardTests`` compares with the formula is the same, bit by bit, by all versions.
  @Test(arguments: [3, 4, 13, 16])
  func `Posteriors under phases are the same by all versions`(_ labels: Int) throws {
    defer { chaff_limit_vectors(512) }
    var generator = SplitMix64(seed: UInt64(930 + labels))
    let page = try RandomChain(phasedLabels: labels, lines: 150, using: &generator)
    let found = Self.bits.map { bits in
      chaff_limit_vectors(bits)
      var decoder = ForwardBackward(chain: page.chain)
      var posteriors: [SIMD16<Float>] = []
      decoder.decode(page.evidence, decided: 100, isEnd: false, posteriors: &posteriors)
      return posteriors
    }
    #expect(Set(found).count == 1)
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
