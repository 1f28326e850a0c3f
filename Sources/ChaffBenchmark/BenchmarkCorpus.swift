import ChaffTraining
import Foundation
import JSONText

/// The files that programs are measured on: pages of the training data, shuffled again and again until there are enough.
struct BenchmarkCorpus {
  private let folder: URL

  init(folder: String) { self.folder = URL(fileURLWithPath: folder) }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// How many bytes a file has.
  func size(_ name: String) -> Int {
    (try? FileManager.default.attributesOfItem(atPath: path(name))[.size] as? Int) ?? 0
  }

  /// Writes all files.
  /// - Parameters:
  ///   - trainingData: the folder of labelled pages.
  ///   - bytes: of the plain text; the worst cases, and pages of other languages than English, have half as many.
  /// - Throws: `CorpusReader.Failure` if the training data cannot be read.
  func write(trainingData: String, bytes: Int) throws {
    let all = try CorpusReader.read([trainingData])
    let pages = all.filter { !Self.isOfOtherLanguage($0) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try write(pages, to: "pages.txt", bytes: bytes)
    try write(pages, to: "peers.txt", bytes: bytes / 10)
    try write(all.filter(Self.isOfOtherLanguage), to: "languages.txt", bytes: bytes / 2)
    try writeRows(of: pages, count: 100_000)
    try writeWorstCases(bytes: bytes / 2)
    try Data("Subscribe to read on.\n".utf8).write(to: folder.appendingPathComponent("line.txt"))
  }

  private static func isOfOtherLanguage(_ page: LabelledPage) -> Bool { page.file.contains("/languages/") }

  /// Pages in the same order for everyone, without end.
  private func forEach(_ pages: [LabelledPage], _ body: (LabelledPage) throws -> Bool) rethrows {
    var generator = SeededGenerator(seed: 2025)
    while !pages.isEmpty {
      for page in pages.shuffled(using: &generator) where try !body(page) { return }
    }
  }

  private func write(_ pages: [LabelledPage], to name: String, bytes limit: Int) throws {
    var text = try FileWriter(path(name))
    var objects = try FileWriter(path(name.replacingOccurrences(of: ".txt", with: ".jsonl")))
    try forEach(pages) { page in
      var lines: [UInt8] = []
      for row in page.rows { lines += row.text + [0x0a] }
      var object = Array("{\"text\": ".utf8)
      JSONString.append(lines, to: &object)
      try text.write(lines)
      try objects.write(object + Array("}\n".utf8))
      return text.count < limit
    }
    try text.close()
    try objects.close()
  }

  /// Labelled rows for training, by our format and by fastText's.
  private func writeRows(of pages: [LabelledPage], count limit: Int) throws {
    var rows = try FileWriter(path("rows.tsv"))
    var fastText = try FileWriter(path("rows.fasttext.txt"))
    var count = 0
    try forEach(pages) { page in
      for row in page.rows {
        guard let label = row.label else { continue }
        try rows.write(Array("\(label.path)\t".utf8) + row.text + [0x0a])
        try fastText.write(Array("__label__\(label.path) ".utf8) + row.text + [0x0a])
        count += 1
      }
      try rows.write([0x0a])
      return count < limit
    }
    try rows.close()
    try fastText.close()
  }

  /// Text that is made to be slow.
  private func writeWorstCases(bytes: Int) throws {
    try write("words-of-one-byte.txt", bytes) { _, index in index % 64 == 63 ? 0x0a : index % 2 == 0 ? 0x61 : 0x20 }
    try write("lines-of-one-byte.txt", bytes) { _, index in index % 2 == 0 ? 0x61 : 0x0a }
    try write("random-bytes.txt", bytes) { generator, _ in UInt8.random(in: 0...255, using: &generator) }
    try write("one-line.txt", bytes) { generator, index in
      index % 6 == 5 ? 0x20 : UInt8.random(in: 0x61...0x7a, using: &generator)
    }
  }

  private func write(_ name: String, _ count: Int, _ byte: (inout SeededGenerator, Int) -> UInt8) throws {
    var generator = SeededGenerator(seed: 7)
    var file = try FileWriter(path(name))
    for start in stride(from: 0, to: count, by: 1 << 16) {
      try file.write((start..<min(start + 1 << 16, count)).map { byte(&generator, $0) })
    }
    try file.close()
  }
}

/// Writes a file in blocks.
struct FileWriter {
  private let handle: FileHandle
  private var pending: [UInt8] = []
  /// How many bytes were written.
  private(set) var count = 0

  init(_ path: String) throws {
    let url = URL(fileURLWithPath: path)
    try Data().write(to: url)
    handle = try FileHandle(forWritingTo: url)
  }

  mutating func write(_ bytes: [UInt8]) throws {
    pending += bytes
    count += bytes.count
    if pending.count >= 1 << 20 { try flush() }
  }

  private mutating func flush() throws {
    try handle.write(contentsOf: Data(pending))
    pending.removeAll(keepingCapacity: true)
  }

  mutating func close() throws {
    try flush()
    try handle.close()
  }
}
