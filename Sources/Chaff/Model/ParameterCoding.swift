/// Section `PARA`: doubles unless said otherwise. Smoothing, minimum pages and scales of blocks (3 × blocks); chain
/// smoothing (2); clean threshold; the temperature's power in eighths; 1 if the chain tells forms apart, else 0; the number
/// of the article text's label, or −1 if the chain has one phase; weights (blocks × length classes × labels); bias
/// (labels).
enum ParameterCoding {
  /// The most nats that one step of a quantised row may weigh; trained models have hundredths.
  static let steepest = 2.0

  static func write(_ parameters: ModelParameters) -> [UInt8] {
    var writer = ByteWriter()
    for value in parameters.smoothing { writer.append(value) }
    for value in parameters.minimumPages { writer.append(Double(value)) }
    for value in parameters.scales { writer.append(value) }
    for value in parameters.chainSmoothing { writer.append(value) }
    writer.append(parameters.cleanThreshold)
    writer.append(Double(parameters.temperature.eighths))
    writer.append(parameters.usesForms ? 1.0 : 0.0)
    writer.append(Double(parameters.articleText ?? -1))
    for value in parameters.weights { writer.append(value) }
    for value in parameters.bias { writer.append(value) }
    return writer.bytes
  }

  static func read(_ bytes: UnsafeRawBufferPointer, labels: LabelSet) throws(ModelError) -> ModelParameters {
    var reader = ByteReader(bytes, section: "PARA")
    func doubles(
      _ count: Int, _ what: String, _ range: ClosedRange<Double>, _ reader: inout ByteReader
    ) throws(ModelError) -> [Double] {
      var values: [Double] = []
      for _ in 0..<count {
        let value = try reader.readDouble(what)
        guard range.contains(value) else { throw reader.invalid(what) }
        values.append(value)
      }
      return values
    }
    let blocks = FeatureBlock.count
    let smoothing = try doubles(blocks, "smoothing", 1e-9...1e9, &reader)
    let minimum = try doubles(blocks, "minimum pages", 0...1e9, &reader)
    guard minimum.allSatisfy({ $0 == Double(Int($0)) }) else { throw reader.invalid("minimum pages") }
    let scales = try doubles(blocks, "scale", 0...1e3, &reader)
    let chainSmoothing = try doubles(2, "chain smoothing", 1e-9...1e9, &reader)
    let threshold = try doubles(1, "clean threshold", 0...1, &reader)[0]
    let power = try doubles(1, "temperature", 1...8, &reader)[0]
    guard power == Double(Int(power)) else { throw reader.invalid("temperature") }
    let forms = try doubles(1, "forms", 0...1, &reader)[0]
    guard forms == 0 || forms == 1 else { throw reader.invalid("forms") }
    let text = try doubles(1, "article text", -1...Double(labels.count - 1), &reader)[0]
    guard text == Double(Int(text)), text < 0 || labels.count <= PagePhases.labelLimit else {
      throw reader.invalid("article text")
    }
    let weights = try doubles(blocks * LengthClass.count * labels.count, "weight", -1e3...1e3, &reader)
    let bias = try doubles(labels.count, "bias", -1e3...1e3, &reader)
    // Beyond this, sums could leave the range in which scores are compared.
    for (index, weight) in weights.enumerated() {
      guard abs(weight * scales[index / (LengthClass.count * labels.count)]) <= steepest else {
        throw reader.invalid("weight of a step")
      }
    }
    try reader.end()
    return ModelParameters(
      smoothing: smoothing, minimumPages: minimum.map { Int($0) }, chainSmoothing: chainSmoothing,
      scales: scales, weights: weights, bias: bias, usesForms: forms == 1,
      articleText: text < 0 ? nil : Int(text), temperature: Temperature(eighths: Int(power)), cleanThreshold: threshold)
  }
}
