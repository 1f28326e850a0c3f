import Chaff
import ChaffTraining
import Testing

struct ModelWriterTests {
  /// What a model was made of, read back from it.
  private func parts(_ file: [UInt8]) throws -> ModelWriter.Parts {
    let model = try TestModel.open(file)
    return ModelWriter.Parts(
      labels: model.labels, parameters: model.parameters, chain: model.chainCounts,
      table: SectionedModel(file)["TABL"], vocabulary: VocabularyCoding.write(try model.vocabulary()))
  }

  @Test func `A model that is read and written has the same bytes`() throws {
    let standard = Array(ModelBytes(standard: ()).bytes)
    for file in [try TestModel.tiny.get(), try TestModel.trained.get(), try TestModel.wide.get(), standard] {
      #expect(try ModelWriter.bytes(of: parts(file)) == file)
    }
  }

  @Test func `The file is laid out as the format says`() throws {
    let file = try TestModel.trained.get()
    let sections = SectionedModel(file)
    #expect(sections.sections.map(\.name) == ["LABL", "PARA", "CHAI", "TABL", "VOCA"])
    #expect(sections.file == file)
    #expect(file.count % 64 == 0)
  }

  @Test func `Labels stand in the file in order`() throws {
    let section = try SectionedModel(TestModel.tiny.get())["LABL"]
    #expect(section == [2, 7] + Array("content".utf8) + [3] + Array("nav".utf8))
  }

  @Test func `A change of any part changes the bytes`() throws {
    let file = try TestModel.tiny.get()
    let original = try parts(file)
    var changed = [original, original, original, original, original]
    changed[0].parameters.cleanThreshold = 0.123
    changed[1].chain.first[0] += 1
    // The last row but that of zeros.
    changed[2].table[original.table.count - 32] ^= 1
    var vocabulary = try TestModel.open(file).vocabulary()
    vocabulary.lines[1] += 1
    changed[3].vocabulary = VocabularyCoding.write(vocabulary)
    changed[4].ownRows = [1]
    let files = changed.map { ModelWriter.bytes(of: $0) } + [file]
    #expect(Set(files).count == 6)
    for other in files { #expect(throws: Never.self) { try TestModel.open(other) } }
  }

  @Test func `Large counts come back`() throws {
    var large = try parts(TestModel.tiny.get())
    large.chain.lines[3] = 1 << 40
    large.chain.pairs[large.chain.pairs.count - 1] = 1 << 40
    var vocabulary = try TestModel.open(TestModel.tiny.get()).vocabulary()
    vocabulary.features[0].counts[0].count = 1_000_000
    large.vocabulary = VocabularyCoding.write(vocabulary)
    let model = try TestModel.open(ModelWriter.bytes(of: large))
    #expect(model.chainCounts == large.chain)
    #expect(try model.vocabulary() == vocabulary)
  }
}
