/// Writes the bytes of a model file.
package enum ModelWriter {
  /// What a model consists of before it is bytes.
  package struct Parts: Sendable {
    package var labels: LabelSet
    package var parameters: ModelParameters
    package var chain: ChainCounts
    /// Section `TABL`, from ``FeatureTableBuilder``.
    package var table: [UInt8]
    /// Section `VOCA`, from ``VocabularyWriter``.
    package var vocabulary: [UInt8]
    /// Section `OWNR`, or nothing.
    package var ownRows: [UInt8]

    package init(
      labels: LabelSet, parameters: ModelParameters, chain: ChainCounts, table: [UInt8], vocabulary: [UInt8],
      ownRows: [UInt8] = []
    ) {
      self.labels = labels
      self.parameters = parameters
      self.chain = chain
      self.table = table
      self.vocabulary = vocabulary
      self.ownRows = ownRows
    }
  }

  /// The file's bytes.
  package static func bytes(of parts: Parts) -> [UInt8] {
    var sections = [
      labels(parts.labels), ParameterCoding.write(parts.parameters), chain(parts.chain), parts.table,
      parts.vocabulary,
    ]
    if !parts.ownRows.isEmpty { sections.append(parts.ownRows) }
    var body = ByteWriter()
    for (name, section) in zip(ModelFormat.sections + [ModelFormat.optionalSection], sections) {
      body.append(contentsOf: Array(name.utf8))
      body.append(UInt32(0))
      body.append(UInt64(section.count))
    }
    if parts.ownRows.isEmpty { for _ in 0..<2 { body.append(UInt64(0)) } }
    // The body begins half-way through a line of the cache.
    for section in sections {
      body.append(contentsOf: section)
      while (body.bytes.count + ModelFormat.checkedFrom) % ModelFormat.alignment != 0 { body.append(UInt8(0)) }
    }
    var file = ByteWriter()
    file.append(contentsOf: ModelFormat.magic)
    file.append(ModelFormat.version)
    file.append(Normalization.version)
    file.append(UInt64(body.bytes.count + ModelFormat.checkedFrom))
    file.append(body.bytes.withUnsafeBytes { Checksum.of($0) })
    file.append(contentsOf: body.bytes)
    return file.bytes
  }

  private static func labels(_ labels: LabelSet) -> [UInt8] {
    var writer = ByteWriter()
    writer.appendVariable(labels.count)
    for label in labels.labels { writer.append(text: label.path) }
    return writer.bytes
  }

  private static func chain(_ chain: ChainCounts) -> [UInt8] {
    var writer = ByteWriter()
    let counts = chain.record
    for count in counts.first + counts.last + counts.lines { writer.appendVariable(Int(count)) }
    writer.appendVariable(counts.pairs.count)
    var next = 0
    for pair in counts.pairs {
      writer.appendVariable(Int(pair.number) - next)
      writer.appendVariable(Int(pair.count))
      next = Int(pair.number) + 1
    }
    return writer.bytes
  }
}
