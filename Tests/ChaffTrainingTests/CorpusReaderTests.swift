import ChaffTraining
import Foundation
import Testing

struct CorpusReaderTests {
  /// Calls `body` with the path of a folder that holds the files, and takes the folder away.
  private func withFolder(_ files: [String: String], _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("chaff-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in files {
      let file = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    try body(folder.path)
  }

  private func texts(_ pages: [LabelledPage]) -> [String] {
    pages.flatMap { $0.rows.map { String(decoding: $0.text, as: UTF8.self) } }
  }

  private func failure(_ body: () throws -> Void) throws -> CorpusReader.Failure {
    try #require(#expect(throws: CorpusReader.Failure.self) { try body() })
  }

  @Test func formatsGoByTheNameAndTheFirstBytes() throws {
    let json = Array(#"{"label": "nav", "text": "a"}"#.utf8)
    #expect(texts(try CorpusReader.read(json, file: "x.jsonl")) == ["a"])
    #expect(texts(try CorpusReader.read(json, file: "x.ndjson")) == ["a"])
    #expect(throws: CorpusError(file: "x.tsv", line: 1, fault: .noTab)) { try CorpusReader.read(json, file: "x.tsv") }
    let fastText = Array("__label__nav a\tb".utf8)
    #expect(texts(try CorpusReader.read(fastText, file: "x.fasttext")) == ["a\tb"])
    #expect(texts(try CorpusReader.read(fastText, file: "x.txt")) == ["a\tb"])
    #expect(texts(try CorpusReader.read(Array("nav\ta b".utf8), file: "x.txt")) == ["a b"])
  }

  @Test(arguments: ["x.txt", "x.fasttext", "x.tsv", "-"])
  func fastTextMayBeginWithAByteOrderMark(_ file: String) throws {
    let pages = try CorpusReader.read([0xef, 0xbb, 0xbf] + Array("__label__nav a\n__label__ad b\n".utf8), file: file)
    #expect(texts(pages) == ["a", "b"])
    #expect(pages.compactMap(\.rows.first?.label?.path) == ["nav", "ad"])
    #expect(pages.map(\.isPart) == [true, true])
  }

  @Test func labelledPagesMayBeginWithAByteOrderMark() throws {
    let bytes = [0xef, 0xbb, 0xbf] + Array("nav\ta".utf8)
    #expect(texts(try CorpusReader.read(bytes, file: "x.tsv")) == ["a"])
  }

  @Test func allEndingsAreReadFromFolders() throws {
    #expect(CorpusReader.endings == ["tsv", "jsonl", "ndjson", "fasttext"])
    let json = #"{"label": "nav", "text": "3"}"#
    let files = [
      "a.tsv": "nav\t1", "b.jsonl": #"{"label": "nav", "text": "2"}"#, "c.ndjson": json, "d.fasttext": "__label__nav 4",
    ]
    try withFolder(files) { folder in
      let pages = try CorpusReader.read([folder])
      #expect(texts(pages) == ["1", "2", "3", "4"])
    }
    try withFolder(["only.ndjson": json]) { folder in
      let pages = try CorpusReader.read([folder])
      #expect(texts(pages) == ["3"])
    }
  }

  @Test func foldersNamedLikeFilesAreSearched() throws {
    let files = ["a.tsv/x.tsv": "nav\t1", "a.tsv/b.jsonl/y.tsv": "nav\t0", "a.tsv/notes.txt": "bad", "c.tsv": "nav\t2"]
    try withFolder(files) { folder in
      let pages = try CorpusReader.read([folder])
      #expect(texts(pages) == ["0", "1", "2"])
      let inner = try CorpusReader.read([folder + "/a.tsv"])
      #expect(texts(inner) == ["0", "1"])
    }
    try withFolder(["a.tsv/notes.txt": "bad"]) { folder in
      let failure = try failure { _ = try CorpusReader.read([folder]) }
      guard case .emptyFolder = failure else {
        Issue.record("\(failure)")
        return
      }
    }
  }

  @Test func foldersAreReadInTheOrderOfBytes() throws {
    let files = [
      "b.tsv": "nav\t4", "a/z.tsv": "nav\t3", "B.jsonl": #"{"label": "nav", "text": "1"}"#,
      "a/deep/er.fasttext": "__label__nav 2", "é.tsv": "nav\t5", "notes.txt": "no labels", ".hidden.tsv": "bad",
      "a/.git/x.tsv": "bad", "tsv": "bad",
    ]
    try withFolder(files) { folder in
      #expect(texts(try CorpusReader.read([folder])) == ["1", "2", "3", "4", "5"])
      let names = try CorpusReader.read([folder + "/"]).map(\.file)
      #expect(names == ["B.jsonl", "a/deep/er.fasttext", "a/z.tsv", "b.tsv", "é.tsv"].map { folder + "/" + $0 })
    }
  }

  @Test func linksToFilesAreReadAndThoseToFoldersAreNot() throws {
    try withFolder(["data/a.tsv": "nav\t1", "elsewhere/b.tsv": "nav\t2"]) { folder in
      for (link, target) in [("data/c.tsv", "../elsewhere/b.tsv"), ("data/more", "../elsewhere"), ("data/round", ".")] {
        try FileManager.default.createSymbolicLink(atPath: folder + "/" + link, withDestinationPath: target)
      }
      #expect(texts(try CorpusReader.read([folder + "/data"])) == ["1", "2"])
    }
  }

  @Test func filesAreReadInTheOrderGiven() throws {
    try withFolder(["a.tsv": "nav\t1", "b.txt": "nav\t2\n\nnav\t3"]) { folder in
      let pages = try CorpusReader.read([folder + "/b.txt", folder + "/a.tsv"])
      #expect(texts(pages) == ["2", "3", "1"])
      #expect(pages.map(\.file) == [folder + "/b.txt", folder + "/b.txt", folder + "/a.tsv"])
    }
  }

  @Test func fileThatIsNotThere() throws {
    try withFolder([:]) { folder in
      let path = folder + "/none.tsv"
      let failure = try failure { _ = try CorpusReader.read([path]) }
      guard case .unreadable(path, let reason) = failure else {
        Issue.record("\(failure)")
        return
      }
      #expect(reason == "no such file or folder")
      #expect(failure.description == "\(path): no such file or folder")
    }
  }

  @Test func unreadableFileGivesTheSystemsReason() throws {
    try withFolder([:]) { folder in
      // A link to nowhere stands in the folder, but cannot be opened.
      try FileManager.default.createSymbolicLink(atPath: folder + "/a.tsv", withDestinationPath: folder + "/none")
      let failure = try failure { _ = try CorpusReader.read([folder]) }
      #expect(failure.description == "\(folder)/a.tsv: No such file or directory")
    }
  }

  @Test func folderWithoutLabelledFiles() throws {
    try withFolder(["notes.txt": "nav\ta"]) { folder in
      let failure = try failure { _ = try CorpusReader.read([folder]) }
      guard case .emptyFolder(folder) = failure else {
        Issue.record("\(failure)")
        return
      }
      #expect(failure.description == "\(folder): no labelled files (.tsv, .jsonl, .ndjson, .fasttext)")
    }
  }

  @Test func wrongRowNamesFileAndLine() throws {
    try withFolder(["a.tsv": "nav\ta", "b.tsv": "nav\tb\nnav"]) { folder in
      let failure = try failure { _ = try CorpusReader.read([folder]) }
      guard case .corpus(let error) = failure else {
        Issue.record("\(failure)")
        return
      }
      #expect(error == CorpusError(file: folder + "/b.tsv", line: 2, fault: .noTab))
      #expect(failure.description == "\(folder)/b.tsv:2: no tab between label and text")
    }
  }
}
